package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.examples.drawings.InventedDigits;
import org.onecycle.examples.drawings.InventedStreets;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.models.Arch;
import picocli.CommandLine;

/** The examples on pictures, from the command line, on a few drawings. */
class VisionExamplesTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--epochs=1", "--bs=8", "--data=" + folder.resolve("data")));
    all.add("--report=" + folder.resolve("report.json"));
    return command.execute(all.toArray(new String[0]));
  }

  private JsonNode metrics() throws IOException {
    return new JsonMapper().readTree(folder.resolve("report.json").toFile()).get("final");
  }

  private Path streets() {
    InventedStreets.write(folder.resolve("data"), 20, 1);
    return folder.resolve("data/labels/street_003_P.png");
  }

  @Test
  @DisplayName("camvid trains, draws and reports the accuracy without the void class")
  void camvid() throws IOException {
    streets();
    Path sheet = folder.resolve("sheet.png");
    assertEquals(0, run("camvid", "--scratch", "--size=32", "--show=" + sheet), err::toString);
    double accuracy = metrics().get("foreground_acc").doubleValue();
    assertTrue(accuracy > 0 && accuracy <= 1, "accuracy " + accuracy);
    assertTrue(Image.open(sheet).width() > 300, "pictures, masks and predictions");
  }

  @Test
  @DisplayName("camvid: a mask that does not fit is one line that names file and place")
  void badMask() {
    Path mask = streets();
    byte[] codes = Mask.open(mask).codes();
    codes[96 * 5 + 7] = 9;
    Mask.of(96, 64, codes).save(mask);
    assertEquals(1, run("camvid", "--scratch"));
    assertTrue(
        err.toString()
            .contains(mask + ": expected numbers of classes from 0 to 7, got 9 at x 7, y 5"),
        err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
  }

  @Test
  @DisplayName("camvid: a mask of another size than its picture is one line that names both")
  void anotherSize() {
    Path mask = streets();
    Mask.of(64, 96, new byte[64 * 96]).save(mask);
    assertEquals(1, run("camvid", "--scratch"));
    String picture = folder.resolve("data/images/street_003.png").toString();
    assertTrue(
        err.toString()
            .contains(mask + ": the mask is 64 x 96, its picture " + picture + " 96 x 64"),
        err::toString);
  }

  @Test
  @DisplayName("camvid: a folder without pictures is a mistake of the command line")
  void noData() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    assertEquals(2, run("camvid", "--scratch"));
    assertTrue(err.toString().contains("expected a folder images"), err::toString);
  }

  @Test
  @DisplayName("mnist trains and reports")
  void mnist() throws IOException {
    InventedDigits.write(folder.resolve("data"), 40, 1);
    assertEquals(0, run("mnist"), err::toString);
    assertTrue(metrics().has("accuracy"));
  }

  @Test
  @DisplayName("pets trains with weights by file, and from scratch")
  void pets() throws IOException {
    for (int i = 0; i < 30; i++) {
      String name = InventedBreeds.names().get(i % 3) + "_" + i + ".jpg";
      InventedBreeds.generate(i % 3, i, 48).save(folder.resolve("data/images").resolve(name));
    }
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    Arch.RESNET18
        .model(new Rng(1))
        .stateDict()
        .forEach((n, t) -> weights.put(n, StoredTensor.of(n, t)));
    Path file = folder.resolve("r18.safetensors");
    Weights.write(file, weights, Map.of());
    assertEquals(0, run("pets", "--size=32", "--weights=" + file), err::toString);
    assertTrue(metrics().has("error_rate"));
    assertEquals(0, run("pets", "--size=32", "--scratch"), err::toString);
  }
}
