package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Tensor;

class ModelInfoTest {
  private static Conv2d conv(int in, int out, int stride) {
    return new Conv2d(in, out, 3, Conv2dOptions.of(stride, 1));
  }

  @Test
  @DisplayName("HOK-02 the number of channels a model gives")
  void numFeatures() {
    assertEquals(3, ModelInfo.numFeatures(new Sequential(conv(5, 4, 1), conv(4, 3, 1))));
    Sequential net = new Sequential(conv(3, 16, 1), conv(16, 32, 2), conv(32, 32, 1));
    assertEquals(32, ModelInfo.numFeatures(net));
    assertTrue(net.isTraining());
    assertArrayEquals(new long[] {1, 32, 32, 32}, ModelInfo.outputShape(net, 1, 3, 64, 64));
    Sequential hungry =
        new Sequential(new Conv2d(3, 7, 50, Conv2dOptions.DEFAULT), new BatchNorm2d(7));
    assertEquals(7, ModelInfo.numFeatures(hungry), "32 pixels are too few, 64 are not");
  }

  @Test
  @DisplayName("HOK-01 the shapes that the children of a model give")
  void modelSizes() {
    Sequential net =
        new Sequential(
            new ConvLayer(3, 16),
            new ConvLayer(16, 32, ConvLayerOptions.DEFAULT.withStride(2)),
            new ConvLayer(32, 32));
    List<long[]> sizes = ModelInfo.modelSizes(net, 64, 64);
    assertEquals(3, sizes.size());
    assertArrayEquals(new long[] {1, 16, 64, 64}, sizes.get(0));
    assertArrayEquals(new long[] {1, 32, 32, 32}, sizes.get(1));
    assertArrayEquals(new long[] {1, 32, 32, 32}, sizes.get(2));
    assertTrue(net.isTraining());
    assertTrue(net.namedModules().values().stream().noneMatch(Module::hasHooks));
  }

  /** A parameter of its own beside a linear layer. */
  private static final class Scaled extends Module {
    private final Parameter a = parameter("a", Tensor.of(new float[] {1}, 1));
    private final Linear lin = add("lin", new Linear(5, 10));

    @Override
    public Tensor forward(Tensor... x) {
      return lin.call(x).mul(a.tensor());
    }
  }

  @Test
  @DisplayName("LAY-16 a lone parameter counts as a leaf module")
  void flattenModel() {
    Sequential net = new Sequential(new Scaled(), new Scaled());
    List<Module> flat = ModelInfo.flattenModel(net);
    assertEquals(
        List.of("Linear", "ParameterModule", "Linear", "ParameterModule"),
        flat.stream().map(Module::kind).toList());
    assertSame(net.parameters().get(0), flat.get(1).parameters().get(0));
    Module alone = new ReLU();
    assertEquals(List.of(alone), ModelInfo.flattenModel(alone));
    Linear linear = new Linear(2, 2);
    assertEquals(List.of(linear), ModelInfo.flattenModel(new Sequential(linear)));
  }

  @Test
  void lookingAtAModelLeavesEveryModeAlone() {
    BatchNorm2d bn = new BatchNorm2d(4);
    Sequential net = new Sequential(conv(3, 4, 1), bn);
    bn.eval();
    ModelInfo.numFeatures(net);
    assertTrue(net.isTraining() && net.get(0).isTraining());
    assertFalse(bn.isTraining());
  }

  @Test
  @DisplayName("HOK-03 parameter counts")
  void totalParams() {
    assertEquals(352, ModelInfo.totalParams(new Linear(10, 32)));
    assertEquals(320, ModelInfo.totalParams(new Linear(10, 32, false)));
    assertEquals(40, ModelInfo.totalParams(new BatchNorm2d(20)));
    assertEquals(
        0, ModelInfo.totalParams(new BatchNorm2d(20, BatchNormOptions.DEFAULT.affine(false))));
    assertEquals(4640, ModelInfo.totalParams(new Conv2d(16, 32, 3)));
    assertEquals(
        4608, ModelInfo.totalParams(new Conv2d(16, 32, 3, Conv2dOptions.DEFAULT.bias(false))));
  }

  @Test
  @DisplayName("LAY-13 the channels of the first convolution")
  void inChannels() {
    assertEquals(5, ModelInfo.inChannels(new Sequential(conv(5, 4, 1), conv(4, 3, 1))));
    assertEquals(4, ModelInfo.inChannels(new Sequential(new AvgPool2d(4), conv(4, 3, 1))));
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelInfo.inChannels(new Sequential(new BatchNorm2d(4))));
    Conv2dOptions grouped = Conv2dOptions.DEFAULT.groups(2);
    assertEquals(6, ModelInfo.inChannels(new Conv2d(6, 4, 1, grouped)));
  }

  @Test
  @DisplayName("VIS-06 pooling layers are known by the end of their name")
  void hasPool() {
    final class MaxPool3d extends Layer {
      @Override
      protected Tensor compute(Tensor x) {
        return x;
      }
    }
    assertTrue(ModelInfo.hasPool(new AdaptiveAvgPool2d(5)));
    assertFalse(ModelInfo.hasPool(new Linear(4, 10)));
    assertFalse(ModelInfo.hasPool(new Conv2d(3, 10, 3)));
    assertTrue(ModelInfo.hasPool(new MaxPool3d()));
    assertTrue(ModelInfo.hasPool(new Sequential(new Linear(1, 1), new MaxPool2d(2))));
  }

  @Test
  @DisplayName("GRP-15 parameters of norm layers and biases")
  void normBias() {
    Linear lin = new Linear(4, 5);
    BatchNorm1d bn = new BatchNorm1d(5);
    Conv2d conv = new Conv2d(1, 2, 3);
    Sequential m = new Sequential(lin, bn, conv);
    List<Parameter> all = NormLayers.normBiasParameters(m, true);
    assertEquals(List.of(lin.bias(), bn.weight(), bn.bias(), conv.bias()), all);
    assertSame(lin.bias(), all.get(0));
    assertEquals(List.of(bn.weight(), bn.bias()), NormLayers.normBiasParameters(m, false));
    Sequential bare = new Sequential(new Linear(4, 5, false), bn);
    assertEquals(List.of(bn.weight(), bn.bias()), NormLayers.normBiasParameters(bare, true));
  }
}
