package org.onecycle.examples;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.io.AtomicFile;

/**
 * What a run reached, as JSON: {@code {"example", "seed", "history": [{"epoch", "train_loss",
 * "valid_loss", metrics by name, "seconds"}], "final": {metrics by name}, "seconds",
 * "peak_rss_mb"}}.
 *
 * <p>A number that is not finite is written as null.
 *
 * @param example its name
 * @param seed of every random choice
 * @param history one row per epoch of all stages, numbered through
 * @param finalMetrics the metrics of the finished model
 * @param seconds of the whole run
 * @param peakRssMb the most memory the process held, in MiB; null where the system does not say
 */
@JsonPropertyOrder({"example", "seed", "history", "final", "seconds", "peak_rss_mb"})
record Report(
    String example,
    long seed,
    List<Epoch> history,
    @JsonProperty("final") Map<String, Double> finalMetrics,
    double seconds,
    @JsonProperty("peak_rss_mb") Double peakRssMb) {

  /** One epoch. */
  @JsonPropertyOrder({"epoch", "train_loss", "valid_loss"})
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Epoch(
      int epoch,
      @JsonProperty("train_loss") Double trainLoss,
      @JsonProperty("valid_loss") Double validLoss,
      @JsonAnyGetter Map<String, Double> metrics,
      double seconds) {

    Epoch {
      trainLoss = finite(trainLoss);
      validLoss = finite(validLoss);
      metrics = allFinite(metrics);
    }
  }

  Report {
    history = List.copyOf(history);
    finalMetrics = allFinite(finalMetrics);
  }

  private static Double finite(Double x) {
    return x == null || !Double.isFinite(x) ? null : x;
  }

  private static Map<String, Double> allFinite(Map<String, Double> values) {
    Map<String, Double> out = new LinkedHashMap<>();
    values.forEach((name, x) -> out.put(name, finite(x)));
    return Collections.unmodifiableMap(out);
  }

  /** Writes the report through a temporary file. */
  void write(Path file) {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    AtomicFile.write(file, temporary -> Files.write(temporary, json.writeValueAsBytes(this)));
  }

  /** The most memory this process has held so far, in MiB; null where the system does not say. */
  static Double peakRss() {
    Path status = Path.of("/proc/self/status");
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Another system, or another form of the file: the number is just not known.
      return null;
    }
    return null;
  }
}
