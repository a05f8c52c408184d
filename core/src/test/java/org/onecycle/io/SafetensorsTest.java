package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;

class SafetensorsTest {
  @TempDir Path dir;

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @Test
  void whatIsWrittenComesBack() throws Exception {
    Map<String, StoredTensor> all =
        new LinkedHashMap<>(Weights.read(Fixtures.path("pth/mixed_zip.pth")).tensors());
    all.put("a \"name\" \u00e4\u03c0", StoredTensor.of("", new float[] {1}, 1));
    Path file = dir.resolve("sub/w.safetensors");
    Weights.write(file, all, Map.of("format", "pt", "note", "\u00e9"));
    Weights.write(file, all, Map.of("format", "pt", "note", "\u00e8"));
    Weights got = Weights.read(file);
    assertEquals(Map.of("format", "pt", "note", "\u00e8"), got.metadata());
    assertEquals(new ArrayList<>(all.keySet()), new ArrayList<>(got.tensors().keySet()));
    got.tensors()
        .forEach(
            (name, tensor) -> {
              assertEquals(all.get(name).type(), tensor.type(), name);
              assertArrayEquals(all.get(name).shape(), tensor.shape(), name);
              assertEquals(all.get(name).data(), tensor.data(), name);
            });
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0) % 8);
    try (Stream<Path> beside = Files.list(file.getParent())) {
      assertEquals(List.of(file), beside.toList());
    }
  }

  @Test
  void aStateDictComesBack() {
    Path file = dir.resolve("state.safetensors");
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("weight", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    state.put("batches", Tensor.of(new long[] {7}));
    Weights.save(file, state);
    Map<String, Tensor> again = Weights.read(file).stateDict();
    assertEquals(List.of("weight", "batches"), List.copyOf(again.keySet()));
    assertArrayEquals(new long[] {2, 3}, again.get("weight").shape());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, again.get("weight").toFloats());
    assertEquals(DType.INT64, again.get("batches").dtype());
    assertEquals(7, again.get("batches").item());
  }

  @Test
  void aFileOfManyMegabytesIsMapped() {
    float[] values = new float[1 << 20];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = dir.resolve("big.safetensors");
    Weights.write(file, Map.of("x", StoredTensor.of("x", values, 1 << 10, 1 << 10)), Map.of());
    StoredTensor got = Weights.read(file).tensors().get("x");
    assertTrue(got.data().isDirect());
    assertArrayEquals(values, got.toFloats());
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws Exception {
    Path file = dir.resolve("w.safetensors");
    Weights.write(file, Map.of("x", StoredTensor.of("x", new float[] {1}, 1)), Map.of());
    byte[] before = Files.readAllBytes(file);
    assertThrows(
        UncheckedIOException.class,
        () ->
            AtomicFile.write(
                file,
                temporary -> {
                  Files.writeString(temporary, "half");
                  throw new java.io.IOException("disk full");
                }));
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> beside = Files.list(dir)) {
      assertEquals(1, beside.count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]}} | needs 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}} | truncated",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | tensors end at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | leave a hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | bad data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | bad shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}} | bad shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}"
            + " | too great",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | unsupported dtype 'C64'",
        "{\"a\":{\"shape\":[1],\"data_offsets\":[0,8]}} | unsupported dtype",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | has no shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | data_offsets",
        "{\"a\":17} | unsupported dtype",
        "{\"__metadata__\":{\"x\":1}} | __metadata__: x is no text",
        "{\"__metadata__\":[]} | no JSON object",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | overlap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | Duplicate field",
        "{\"a\":{} | damaged safetensors header",
        "{} x | damaged safetensors header",
      })
  void damagedHeaders(String header, String problem) {
    FileBytes bytes = TorchFiles.bytes("bad.safetensors", file(header, 8));
    String message =
        assertThrows(WeightsFormatException.class, () -> Weights.read(bytes)).getMessage();
    assertTrue(message.startsWith("bad.safetensors: "), message);
    assertTrue(message.contains(problem), message);
  }

  @Test
  void absurdHeaderLengths() {
    for (long length : new long[] {-1, 0, 1, 300, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] bytes = file("{}                     ", 0);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertThrows(WeightsFormatException.class, () -> Weights.read(TorchFiles.bytes("x", bytes)));
    }
  }

  @Test
  void otherFilesAreNamed() throws Exception {
    Path text = Files.writeString(dir.resolve("notes.txt"), "no weights at all, just notes");
    String message =
        assertThrows(WeightsFormatException.class, () -> Weights.read(text)).getMessage();
    assertEquals(text + ": neither a safetensors file nor a PyTorch checkpoint", message);
    Path empty = Files.createFile(dir.resolve("empty"));
    assertThrows(WeightsFormatException.class, () -> Weights.read(empty));
    Path missing = dir.resolve("missing.pth");
    message = assertThrows(UncheckedIOException.class, () -> Weights.read(missing)).getMessage();
    assertTrue(message.contains(missing.toString()), message);
  }

  @Test
  void realWeights() {
    Path file = Fixtures.shared("weights/resnet50-stride-in-1x1.safetensors").orElse(null);
    Assumptions.assumeTrue(file != null, "the shared ResNet-50 weights are not here");
    Weights got = Weights.read(file);
    assertArrayEquals(new long[] {64, 3, 7, 7}, got.tensors().get("conv1.weight").shape());
    assertEquals(ElementType.FLOAT16, got.tensors().get("conv1.weight").type());
    assertFalse(got.metadata().isEmpty());
  }
}
