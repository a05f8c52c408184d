package org.onecycle.nn;

import static org.onecycle.testing.GradCheck.leaf;

import org.junit.jupiter.api.Test;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.testing.ModuleGradCheck;

class LayerGradientTest {
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void linear() {
    ModuleGradCheck.check(new Linear(4, 3), ALL, leaf(1, 5, 4));
    ModuleGradCheck.check(new Linear(4, 3, false), ALL, leaf(2, 2, 3, 4));
  }

  @Test
  void convolutions() {
    ModuleGradCheck.check(new Conv2d(2, 3, 3), ALL, leaf(3, 2, 2, 5, 6));
    Conv2dOptions grouped = Conv2dOptions.of(2, 2).dilation(2).groups(2).bias(false);
    ModuleGradCheck.check(new Conv2d(4, 6, 3, grouped), ALL, leaf(4, 2, 4, 7, 6));
    Conv2dOptions oblong = Conv2dOptions.DEFAULT.with(new Conv2dSpec(1, 2, 1, 0, 1, 1, 1));
    ModuleGradCheck.check(new Conv2d(2, 2, 3, 2, oblong), ALL, leaf(5, 1, 2, 4, 5));
    ModuleGradCheck.check(
        new ConvTranspose2d(3, 2, 3, Conv2dOptions.of(2, 1), 1), ALL, leaf(6, 2, 3, 3, 4));
  }

  @Test
  void norms() {
    ModuleGradCheck.check(new BatchNorm2d(3), ALL, leaf(7, 2, 3, 2, 3));
    ModuleGradCheck.check(new BatchNorm1d(3, BatchNormOptions.FASTAI), ALL, leaf(8, 6, 3));
    ModuleGradCheck.check(new BatchNorm2d(3).eval(), ALL, leaf(9, 2, 3, 2, 3));
    ModuleGradCheck.check(
        new BatchNorm2d(3, BatchNormOptions.DEFAULT.affine(false)), ALL, leaf(10, 2, 3, 2, 3));
    ModuleGradCheck.check(new LayerNorm(3, 2), ALL, leaf(11, 4, 3, 2));
  }

  @Test
  void layersWithoutParameters() {
    ModuleGradCheck.check(new AdaptiveConcatPool2d(2), ALL, leaf(12, 2, 3, 5, 4));
    ModuleGradCheck.check(new MaxPool2d(3, 2, 1), ALL, leaf(13, 1, 2, 6, 5));
    ModuleGradCheck.check(new AvgPool2d(2), ALL, leaf(14, 1, 2, 6, 4));
    ModuleGradCheck.check(new GELU(), ALL, leaf(15, 3, 4));
    ModuleGradCheck.check(new SigmoidRange(-1, 4), ALL, leaf(16, 3, 4));
    ModuleGradCheck.check(new PixelShuffle(2), ALL, leaf(17, 1, 8, 2, 3));
  }
}
