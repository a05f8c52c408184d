package org.onecycle.vision.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormLayers;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.ModuleGradCheck;
import org.onecycle.vision.learner.Vision;

class ResNetTest {
  private static long params(Module m, String... children) {
    return Arrays.stream(children).mapToLong(c -> ModelInfo.totalParams(m.children().get(c))).sum();
  }

  @Test
  @DisplayName("VIS-11 parameter counts of ResNet-34 and -18")
  void counts() {
    ResNet r34 = Arch.RESNET34.model(new Rng(1));
    assertEquals(9536, params(r34, "conv1", "bn1"));
    assertEquals(221952, params(r34, "layer1"));
    assertEquals(1116416, params(r34, "layer2"));
    assertEquals(6822400, params(r34, "layer3"));
    assertEquals(13114368, params(r34, "layer4"));
    assertEquals(21797672, ModelInfo.totalParams(r34));
    Sequential body = Vision.createBody(r34, -2);
    assertEquals(21284672, ModelInfo.totalParams(body));
    assertEquals(17024, ModelInfo.count(NormLayers.normParameters(body)));

    ResNet r18 = Arch.RESNET18.model(new Rng(1));
    assertEquals(11689512, ModelInfo.totalParams(r18));
    body = Vision.createBody(r18, -2);
    assertEquals(11176512, ModelInfo.totalParams(body));
    assertEquals(9600, ModelInfo.count(NormLayers.normParameters(body)));
  }

  @Test
  void largerOnesHaveTorchvisionsCountsAndNames() {
    ResNet r50 = Arch.RESNET50.model(new Rng(1));
    assertEquals(25557032, ModelInfo.totalParams(r50));
    Map<String, Tensor> state = r50.stateDict();
    assertEquals(320, state.size());
    assertArrayEquals(new long[] {64, 3, 7, 7}, state.get("conv1.weight").shape());
    assertArrayEquals(
        new long[] {512, 256, 1, 1}, state.get("layer2.0.downsample.0.weight").shape());
    assertArrayEquals(new long[] {512}, state.get("layer2.0.downsample.1.running_var").shape());
    assertArrayEquals(new long[] {1024}, state.get("layer3.5.bn3.weight").shape());
    assertArrayEquals(new long[] {1000, 2048}, state.get("fc.weight").shape());
  }

  @Test
  void theStrideIsWhereItIsWanted() {
    ResNetOptions small = ResNetOptions.DEFAULT.numClasses(10);
    Map<String, Module> usual = Arch.RESNET50.model(new Rng(1), small).namedModules();
    Map<String, Module> early =
        Arch.RESNET50.model(new Rng(1), small.strideIn1x1(true)).namedModules();
    assertEquals(1, stride(usual, "layer3.0.conv1"));
    assertEquals(2, stride(usual, "layer3.0.conv2"));
    assertEquals(2, stride(early, "layer3.0.conv1"));
    assertEquals(1, stride(early, "layer3.0.conv2"));
    assertEquals(1, stride(early, "layer3.1.conv1"));
    assertEquals(2, stride(early, "layer3.0.downsample.0"));
  }

  private static int stride(Map<String, Module> modules, String path) {
    return ((Conv2d) modules.get(path)).options().spec().strideH();
  }

  @Test
  void convolutionsStartKaimingNormalByFanOut() {
    ResNet r18 = Arch.RESNET18.model(new Rng(2));
    double[] w = r18.stateDict().get("layer2.0.conv1.weight").toDoubles();
    double square = Arrays.stream(w).map(x -> x * x).average().orElseThrow();
    assertEquals(Math.sqrt(2.0 / (128 * 9)), Math.sqrt(square), 0.0005);
    ResNet again = Arch.RESNET18.model(new Rng(2));
    assertArrayEquals(
        r18.stateDict().get("fc.weight").toFloats(), again.stateDict().get("fc.weight").toFloats());
  }

  @Test
  void picturesBecomeLogits() {
    ResNet r18 = Arch.RESNET18.model(new Rng(1), ResNetOptions.DEFAULT.numClasses(5));
    r18.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor y = r18.call(Tensor.randn(new Rng(3), 2, 3, 64, 48));
      assertArrayEquals(new long[] {2, 5}, y.shape());
      for (float v : y.toFloats()) {
        assertTrue(Float.isFinite(v));
      }
    }
  }

  @Test
  void blocksHaveTheRightGradients() {
    ModuleGradCheck.check(new BasicBlock(2, 3, 2), 12, leaf(1, 2, 2, 6, 5));
    ModuleGradCheck.check(new BasicBlock(3, 3, 1), 12, leaf(2, 2, 3, 4, 4));
    ModuleGradCheck.check(new Bottleneck(3, 2, 2, false), 12, leaf(3, 2, 3, 5, 6));
    ModuleGradCheck.check(new Bottleneck(8, 2, 1, true), 12, leaf(4, 2, 8, 3, 4));
  }

  @Test
  void withoutAGraphABlockKeepsOnlyItsResult() throws Exception {
    BasicBlock block = new BasicBlock(16, 16, 1);
    block.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor x = Tensor.randn(new Rng(1), 4, 16, 64, 64);
      float[] expected = block.call(x).toFloats();
      long before = MemoryUse.now().used();
      Tensor y = block.call(x);
      long kept = MemoryUse.now().used() - before;
      assertTrue(kept < 2 * 4 * y.numel(), "keeps " + kept + " bytes");
      assertArrayEquals(expected, y.toFloats());

      Tensor[] seen = new Tensor[1];
      AutoCloseable hook = block.children().get("conv1").onForward((m, in, out) -> seen[0] = out);
      block.call(x);
      hook.close();
      assertEquals(x.numel(), seen[0].toFloats().length, "what a hook saw stays readable");
    }
  }

  @Test
  void architecturesHaveNames() {
    assertEquals(Arch.RESNET34, Arch.of("resnet34"));
    assertEquals("resnet101", Arch.RESNET101.id());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Arch.of("resnet35"));
    assertTrue(e.getMessage().contains("resnet34"), e.getMessage());
    for (Arch a : new Arch[] {Arch.RESNET18, Arch.RESNET50}) {
      Sequential body = Vision.createBody(a.model(new Rng(1)), a.meta().cut());
      assertEquals(a.numFeatures(), ModelInfo.numFeatures(body));
    }
  }
}
