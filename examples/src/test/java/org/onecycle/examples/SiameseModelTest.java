package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.nn.LayerException;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;

class SiameseModelTest {
  @Test
  @DisplayName("VIS-13 parameters and groups of the Siamese model")
  void counts() {
    SiameseModel model =
        new SiameseModel(
            Vision.createBody(Vision.resnet34(new Rng(1)), -2),
            Vision.createHead(512 * 2, 2, HeadOptions.ps(0.5)));
    assertEquals(22339392, ModelInfo.totalParams(model));
    List<List<Parameter>> groups = SiameseModel.splitter(model);
    assertEquals(2, groups.size());
    assertEquals(21284672, ModelInfo.count(groups.get(0)));
    assertEquals(1054720, ModelInfo.count(groups.get(1)));
    assertEquals("encoder.0.weight", model.namedParameters().keySet().iterator().next());
  }

  @Test
  void twoPicturesMakeOneAnswer() {
    SiameseModel model =
        new SiameseModel(
            Vision.createBody(Vision.resnet18(new Rng(1)), -2),
            Vision.createHead(512 * 2, 2, HeadOptions.ps(0.5)));
    model.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor a = Tensor.randn(new Rng(2), 2, 3, 64, 64);
      Tensor b = Tensor.randn(new Rng(3), 2, 3, 64, 64);
      assertArrayEquals(new long[] {2, 2}, model.call(a, b).shape());
      Tensor grey = Tensor.zeros(2, 1, 64, 64);
      LayerException e = assertThrows(LayerException.class, () -> model.call(a, grey));
      assertEquals("Conv2d expects [N, 3, H, W], got [2, 1, 64, 64] in encoder.0", e.getMessage());
    }
  }
}
