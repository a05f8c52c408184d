package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;

class TensorBytesTest {
  @TempDir Path dir;

  @Test
  void everyStoredTypeBecomesATensorAndComesBack() {
    Map<String, StoredTensor> stored = Weights.read(Fixtures.path("pth/mixed_zip.pth")).tensors();
    Map<String, StoredTensor> again = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      assertTrue(scope.owns(stored.get("f64").toTensor().value()));
      stored.forEach(
          (name, tensor) -> {
            Tensor got = tensor.toTensor();
            assertArrayEquals(tensor.shape(), got.shape(), name);
            assertArrayEquals(tensor.toDoubles(), got.toDoubles(), name);
            again.put(name, StoredTensor.of(name, got));
          });
      assertEquals(DType.FLOAT, stored.get("f16").toTensor().dtype());
      assertEquals(DType.UINT8, stored.get("u8").toTensor().dtype());
      assertArrayEquals(
          stored.get("f16").toDoubles(), stored.get("f16").toTensor(DType.DOUBLE).toDoubles());
      Tensor bf16 = stored.get("f64").toTensor(DType.BFLOAT16);
      assertArrayEquals(bf16.toDoubles(), StoredTensor.of("x", bf16).toDoubles());
    }
    Path file = dir.resolve("again.safetensors");
    Weights.write(file, again, Map.of());
    Weights.read(file)
        .tensors()
        .forEach(
            (name, tensor) -> {
              ElementType type = stored.get(name).type();
              ElementType expected = type == ElementType.FLOAT16 ? ElementType.FLOAT32 : type;
              assertEquals(expected, tensor.type(), name);
              assertArrayEquals(stored.get(name).shape(), tensor.shape(), name);
              assertArrayEquals(stored.get(name).toDoubles(), tensor.toDoubles(), name);
            });
  }
}
