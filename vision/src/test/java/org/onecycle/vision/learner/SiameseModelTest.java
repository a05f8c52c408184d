package org.onecycle.vision.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.nn.LayerException;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormLayers;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.models.Arch;

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
  @DisplayName("VIS-12 groups of a ResNet-34 with a head, and what trains while it is frozen")
  void resnetGroups() {
    Sequential body = Vision.createBody(Arch.RESNET34.model(new Rng(1)), -2);
    Sequential model = new Sequential(body, Vision.createHead(512, 37));
    List<List<Parameter>> groups = Arch.RESNET34.meta().splitter().apply(model);
    assertEquals(3, groups.size());
    assertEquals(1347904, ModelInfo.count(groups.get(0)));
    assertEquals(48, groups.get(0).size());
    assertEquals(19936768, ModelInfo.count(groups.get(1)));
    assertEquals(60, groups.get(1).size());
    assertEquals(6, groups.get(2).size());
    assertEquals(546304, ModelInfo.count(groups.get(2)));
    assertEquals(21830976, ModelInfo.totalParams(model));
    groups.subList(0, 2).forEach(g -> g.forEach(p -> p.requiresGrad(false)));
    NormLayers.normParameters(model).forEach(p -> p.requiresGrad(true));
    assertEquals(546304 + 17024, ModelInfo.trainableParams(model));
    assertThrows(
        IllegalArgumentException.class,
        () -> Arch.RESNET34.meta().splitter().apply(Vision.resnet18(new Rng(1))));
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
      LayerException e = assertThrows(LayerException.class, () -> model.call(a));
      assertEquals("SiameseModel expects two pictures, got 1", e.getMessage());
      Tensor grey = Tensor.zeros(2, 1, 64, 64);
      e = assertThrows(LayerException.class, () -> model.call(a, grey));
      assertEquals("Conv2d expects [N, 3, H, W], got [2, 1, 64, 64] in encoder.0", e.getMessage());
    }
  }

  @Test
  void theSplitterWantsItsModel() {
    Module other = new Sequential();
    assertThrows(IllegalArgumentException.class, () -> SiameseModel.splitter(other));
  }
}
