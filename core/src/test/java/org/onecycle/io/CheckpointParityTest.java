package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.testing.Fixtures;
import org.onecycle.testing.Npy;

/** Files that PyTorch and fastai wrote. */
class CheckpointParityTest {
  private static final JsonNode MIXED = Fixtures.json("pth/mixed_expected");

  private static double[] doubles(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static void assertMixed(String name, StoredTensor got) {
    JsonNode expected = MIXED.get(name);
    ElementType type =
        ElementType.ofTorch(expected.get("dtype").asText().substring("torch.".length())).get();
    assertEquals(type, got.type(), name);
    long[] shape =
        StreamSupport.stream(expected.get("shape").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .toArray();
    assertArrayEquals(shape, got.shape(), name);
    double[] values = doubles(expected.get("values"));
    assertArrayEquals(values, got.toDoubles(), name);
    assertEquals(values.length * type.bytes(), got.data().remaining(), name);
    float[] floats = got.toFloats();
    for (int i = 0; i < values.length; i++) {
      assertEquals((float) values[i], floats[i], name);
      if (!type.isFloating()) {
        assertEquals((long) values[i], got.toLongs()[i], name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed_zip.pth", "mixed_legacy.pth"})
  void everyTypeAndLayout(String file) {
    Map<String, StoredTensor> got = Weights.read(Fixtures.path("pth/" + file)).tensors();
    List<String> names = new ArrayList<>();
    MIXED.fieldNames().forEachRemaining(names::add);
    assertEquals(names, new ArrayList<>(got.keySet()));
    got.forEach(CheckpointParityTest::assertMixed);
    got.forEach((name, tensor) -> assertEquals(name, tensor.name()));
  }

  @Test
  void safetensorsOfEveryType() {
    Weights got = Weights.read(Fixtures.path("pth/mixed.safetensors"));
    assertEquals(Map.of("format", "pt"), got.metadata());
    assertEquals(10, got.tensors().size());
    got.tensors().forEach(CheckpointParityTest::assertMixed);
  }

  @Test
  void nestedValuesOfACheckpoint() {
    TorchCheckpoint checkpoint = TorchCheckpoint.read(Fixtures.path("pth/checkpoint_zip.pth"));
    Map<?, ?> root = assertInstanceOf(Map.class, checkpoint.root());
    assertEquals(3L, root.get("epoch"));
    assertEquals(.001, root.get("lr"));
    assertEquals("x", root.get("name"));
    assertTrue(root.containsKey("none"));
    assertNull(root.get("none"));
    assertEquals(List.of(1L, 2.5, "a", List.of(true, false)), root.get("lst"));
    assertMixed("shared_a", (StoredTensor) ((Map<?, ?>) root.get("nested")).get("t"));
    Map<String, StoredTensor> state = checkpoint.stateDictAt("nested", "sd");
    assertEquals(MIXED.size(), state.size());
    state.forEach(CheckpointParityTest::assertMixed);
    String none = assertThrows(WeightsFormatException.class, checkpoint::stateDict).getMessage();
    assertTrue(none.contains("got a map with the keys [epoch, lr, name, none, lst, nested]"), none);
    assertThrows(WeightsFormatException.class, () -> checkpoint.stateDictAt("nested", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net_zip.pth", "net_legacy.pth"})
  void aNetworkWithItsMetadata(String file) {
    TorchCheckpoint checkpoint = TorchCheckpoint.read(Fixtures.path("pth/" + file));
    Map<String, StoredTensor> got = checkpoint.stateDict();
    assertEquals(Fixtures.npyNames("pth/net_npy"), got.keySet().stream().sorted().toList());
    got.forEach(
        (name, tensor) -> {
          Npy expected = Fixtures.npy("pth/net_npy/" + name + ".npy");
          // The fixtures hold scalars as one element.
          long[] shape = name.endsWith("tracked") ? new long[0] : expected.shape();
          assertArrayEquals(shape, tensor.shape(), name);
          assertArrayEquals(expected.toDoubles(), tensor.toDoubles(), name);
        });
    assertEquals(Map.of("version", 2L), checkpoint.metadata().get("1"));
    assertEquals(Map.of("version", 1L), checkpoint.metadata().get(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fastai_learner_model_only.pth", "fastai_learner_with_opt.pth"})
  void fastaisSavedModel(String file) {
    JsonNode expected = Fixtures.json("pth/fastai_learner_expected").get("model");
    Map<String, StoredTensor> got = Weights.read(Fixtures.path("pth/" + file)).tensors();
    assertEquals(expected.size(), got.size());
    got.forEach(
        (name, tensor) -> assertArrayEquals(doubles(expected.get(name)), tensor.toDoubles(), name));
  }

  @Test
  void fastaisSavedOptimiser() {
    Map<?, ?> root =
        (Map<?, ?>) TorchCheckpoint.read(Fixtures.path("pth/fastai_learner_with_opt.pth")).root();
    Map<?, ?> opt = assertInstanceOf(Map.class, root.get("opt"));
    assertSame(Fixtures.json("pth/fastai_learner_expected").get("hypers"), opt.get("hypers"));
    assertSame(Fixtures.json("pth/fastai_learner_expected").get("state"), opt.get("state"));
  }

  private static void assertSame(JsonNode expected, Object got) {
    List<?> list = assertInstanceOf(List.class, got);
    assertEquals(expected.size(), list.size());
    for (int i = 0; i < list.size(); i++) {
      Map<?, ?> map = assertInstanceOf(Map.class, list.get(i));
      assertEquals(expected.get(i).size(), map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        JsonNode value = expected.get(i).get((String) entry.getKey());
        if (entry.getValue() instanceof StoredTensor tensor) {
          assertArrayEquals(doubles(value), tensor.toDoubles());
        } else if (entry.getValue() instanceof Boolean flag) {
          assertEquals(value.booleanValue(), flag);
        } else {
          assertEquals(value.doubleValue(), ((Number) entry.getValue()).doubleValue());
        }
      }
    }
  }
}
