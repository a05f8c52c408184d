package org.onecycle.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the safetensors format: 8 bytes of header length, a JSON header, the numbers.
 *
 * <p>The header is checked whole before a tensor is given out: lengths and offsets lie inside the
 * file, the tensors cover the data without holes or overlaps, and type, shape and byte count agree.
 */
final class Safetensors {
  static final int MAX_HEADER = 100_000_000;
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Span(long begin, long end, String name) {}

  private final FileBytes file;
  private final List<Span> spans = new ArrayList<>();
  private long dataStart;

  private Safetensors(FileBytes file) {
    this.file = file;
  }

  static boolean looksLike(FileBytes file) {
    return file.size() >= 9 && file.slice(8, 1, "header").get(0) == '{';
  }

  static Weights read(Path path) {
    return read(FileBytes.open(path));
  }

  static Weights read(FileBytes file) {
    return new Safetensors(file).parse();
  }

  private Weights parse() {
    if (file.size() < 8) {
      throw file.error("not a safetensors file: %d bytes", file.size());
    }
    long length = file.slice(0, 8, "header length").getLong(0);
    if (length < 2 || length > MAX_HEADER || length > file.size() - 8) {
      throw file.error(
          "not a safetensors file, or truncated: header of %d bytes, file of %d",
          length, file.size());
    }
    dataStart = 8 + length;
    JsonNode header = header(file.slice(8, length, "header"));
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(METADATA)) {
        metadata(entry.getValue(), metadata);
      } else {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
      }
    }
    checkCover();
    return new Weights(file.file(), tensors, metadata);
  }

  private JsonNode header(ByteBuffer bytes) {
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    if (text[0] != '{') {
      throw file.error("not a safetensors file: the header is no JSON object");
    }
    try {
      return JSON.readTree(new String(text, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new WeightsFormatException(
          file.file(), "damaged safetensors header: " + e.getOriginalMessage(), e);
    }
  }

  private void metadata(JsonNode node, Map<String, String> into) {
    if (!node.isObject()) {
      throw file.error("%s is no JSON object", METADATA);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw file.error("%s: %s is no text", METADATA, entry.getKey());
      }
      into.put(entry.getKey(), entry.getValue().textValue());
    }
  }

  private StoredTensor tensor(String name, JsonNode node) {
    String dtype = node.path("dtype").asText("");
    ElementType type =
        ElementType.ofSafetensors(dtype)
            .orElseThrow(() -> file.error("tensor %s: unsupported dtype '%s'", name, dtype));
    long[] shape = longs(name, "shape", node.path("shape"));
    long[] offsets = longs(name, "data_offsets", node.path("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw file.error("tensor %s: bad data_offsets %s", name, node.path("data_offsets"));
    }
    long count;
    try {
      count = StoredTensor.count(shape);
    } catch (IllegalArgumentException e) {
      throw file.error("tensor %s: %s", name, e.getMessage());
    }
    long bytes = offsets[1] - offsets[0];
    if (count * type.bytes() != bytes) {
      throw file.error(
          "tensor %s: %s of shape %s needs %d bytes, the header gives it %d",
          name, dtype, node.path("shape"), count * type.bytes(), bytes);
    }
    long available = file.size() - dataStart;
    if (offsets[1] > available) {
      throw file.error(
          "truncated: tensor %s ends at byte %d of the data, the file has %d",
          name, offsets[1], available);
    }
    if (bytes > Integer.MAX_VALUE) {
      throw file.error("tensor %s has %d bytes, more than 2 GiB", name, bytes);
    }
    spans.add(new Span(offsets[0], offsets[1], name));
    long from = dataStart + offsets[0];
    return new StoredTensor(
        name, type, shape, StoredTensor.contiguous(shape), 0, () -> file.slice(from, bytes, name));
  }

  private long[] longs(String name, String field, JsonNode node) {
    long[] out = new long[node.size()];
    for (int i = 0; i < out.length; i++) {
      JsonNode value = node.get(i);
      if (value == null
          || !value.isIntegralNumber()
          || !value.canConvertToLong()
          || value.longValue() < 0) {
        throw file.error("tensor %s: bad %s %s", name, field, node);
      }
      out[i] = value.longValue();
    }
    if (!node.isArray()) {
      throw file.error("tensor %s has no %s", name, field);
    }
    return out;
  }

  private void checkCover() {
    spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
    long at = 0;
    for (Span span : spans) {
      if (span.begin != at) {
        throw file.error(
            "tensor %s begins at byte %d of the data, expected %d: the tensors %s",
            span.name, span.begin, at, span.begin < at ? "overlap" : "leave a hole");
      }
      at = span.end;
    }
    if (at != file.size() - dataStart) {
      throw file.error(
          "the tensors end at byte %d of the data, the file has %d", at, file.size() - dataStart);
    }
  }
}
