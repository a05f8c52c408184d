package org.onecycle.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Rng;
import org.onecycle.testing.Fixtures;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;
import org.onecycle.vision.models.ResNetOptions;

class PretrainedTest {
  @TempDir Path folder;

  private Weights save(Module model, Map<String, String> metadata) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    model.stateDict().forEach((name, t) -> tensors.put(name, StoredTensor.of(name, t)));
    Path file = folder.resolve("w.safetensors");
    Weights.write(file, tensors, metadata);
    return Weights.read(file);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET34", "RESNET50"})
  void theWeightsTellTheArchitecture(Arch arch) {
    Weights weights = save(arch.model(new Rng(1), ResNetOptions.DEFAULT.numClasses(7)), Map.of());
    assertEquals(new Pretrained(arch, new ResNetOptions(7, false)), Pretrained.of(weights));
  }

  @Test
  void metadataTellTheVariant() {
    Weights weights = save(Arch.RESNET18.model(new Rng(1)), Map.of("stride_in_1x1", "true"));
    assertEquals(new ResNetOptions(1000, true), Pretrained.of(weights).options());
  }

  @Test
  void theValuesArrive() {
    ResNet model = Arch.RESNET18.model(new Rng(5));
    ResNet loaded = Pretrained.resnet(save(model, Map.of()));
    loaded
        .stateDict()
        .forEach(
            (name, t) ->
                assertArrayEquals(model.stateDict().get(name).toFloats(), t.toFloats(), name));
  }

  @Test
  void anotherArchitectureIsRefusedByTheFilesName() {
    Path file = folder.resolve("lstm.safetensors");
    Weights.write(
        file, Map.of("rnn.weight", StoredTensor.of("rnn.weight", new float[] {1}, 1)), Map.of());
    var e = assertThrows(IllegalArgumentException.class, () -> Pretrained.of(Weights.read(file)));
    assertEquals(
        file
            + ": expected the weights of a ResNet 18, 34, 50, 101 or 152, got 1 tensors: rnn.weight"
            + " ...",
        e.getMessage());
  }

  @Test
  void aWrongShapeIsNamedWithItsFile() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.putAll(save(Arch.RESNET18.model(new Rng(1)), Map.of()).tensors());
    tensors.put("bn1.weight", StoredTensor.of("bn1.weight", new float[32], 32));
    Path file = folder.resolve("wrong.safetensors");
    Weights.write(file, tensors, Map.of());
    var e =
        assertThrows(IllegalArgumentException.class, () -> Pretrained.resnet(Weights.read(file)));
    assertTrue(e.getMessage().startsWith(file + ": "), e::getMessage);
    assertTrue(e.getMessage().contains("bn1.weight expects [64], got [32]"), e::getMessage);
  }

  @Test
  void realWeightsOfHalves() {
    String name = "weights/resnet50-stride-in-1x1.safetensors";
    Path file = Fixtures.shared(name).orElse(null);
    Assumptions.assumeTrue(file != null, "no real weights: " + name + " is not there");
    Weights weights = Weights.read(file);
    assertEquals(
        new Pretrained(Arch.RESNET50, new ResNetOptions(1000, true)), Pretrained.of(weights));
    ResNet model = Pretrained.resnet(weights);
    assertArrayEquals(
        weights.tensors().get("layer4.2.conv3.weight").toFloats(),
        model.stateDict().get("layer4.2.conv3.weight").toFloats());
  }
}
