package org.onecycle.vision.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.nn.AvgPool2d;
import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Linear;
import org.onecycle.nn.MaxPool2d;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormLayers;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.TimeDistributed;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.models.Arch;

class BodyTest {
  private static Sequential tiny() {
    return new Sequential(
        new Conv2d(3, 5, 3), new BatchNorm2d(5), new AvgPool2d(1), new Linear(3, 4));
  }

  @Test
  @DisplayName("VIS-04 where the body ends, and other numbers of channels")
  void cuts() {
    assertEquals(2, Vision.createBody(tiny()).size());
    assertEquals(3, Vision.createBody(tiny(), 3).size());
    assertEquals(2, Vision.createBody(tiny(), -2).size());
    assertEquals(4, ((Sequential) Vision.createBody(tiny(), m -> m)).size());
    for (int n = 1; n <= 4; n++) {
      Sequential body = Vision.createBody(tiny(), null, n, true);
      assertEquals(n, ((Conv2d) body.get(0)).inChannels());
      assertEquals(2, body.size());
      body.call(Tensor.randn(new Rng(1), 2, n, 4, 4));
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Vision.createBody(new Sequential(new ReLU())));
    assertEquals(
        "There is no pooling layer in this Sequential to cut it at: name the cut", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Vision.createBody(tiny(), 5));
  }

  @Test
  @DisplayName("VIS-04 the cut is at the last child that contains a pooling layer")
  void lastPool() {
    Module inner = new Sequential(new ReLU(), new MaxPool2d(2));
    Sequential m =
        new Sequential(new MaxPool2d(2), new ReLU(), inner, new ReLU(), new Linear(1, 1));
    assertEquals(2, Vision.createBody(m).size());
    assertEquals(8, Vision.createBody(Arch.RESNET18.model(new Rng(1))).size());
  }

  @Test
  @DisplayName("VIS-05 weights of the first convolution for other numbers of channels")
  void surgery() {
    for (int n = 1; n <= 5; n++) {
      Sequential m = tiny();
      Conv2d conv = (Conv2d) m.get(0);
      Tensor old = conv.weight().tensor().detach().copy();
      Vision.createBody(m, null, n, true);
      Tensor now = conv.weight().tensor();
      assertArrayEquals(new long[] {5, n, 3, 3}, now.shape());
      switch (n) {
        case 1 -> assertArrayEquals(old.sum(1).toFloats(), now.toFloats(), 1e-6f);
        case 2 -> assertArrayEquals(old.slice(1, 0, 2).mul(1.5).toFloats(), now.toFloats());
        default -> {
          assertArrayEquals(old.toFloats(), now.slice(1, 0, 3).toFloats());
          if (n > 3) {
            assertEquals(0, now.slice(1, 3, n).abs().max().item());
          }
        }
      }
    }
    Sequential fresh = tiny();
    float[] before = ((Conv2d) fresh.get(0)).weight().tensor().slice(1, 0, 1).toFloats();
    Vision.createBody(fresh, null, 1, false);
    float[] after = ((Conv2d) fresh.get(0)).weight().tensor().toFloats();
    assertEquals(before.length, after.length);
    assertThrows(
        IllegalArgumentException.class,
        () -> Vision.createBody(new Sequential(new Linear(3, 3)), 1, 1, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> Vision.createBody(new Sequential(new Conv2d(2, 3, 3)), 1, 4, true));
  }

  @Test
  @DisplayName("VIS-05 a ResNet takes grey pictures, and its new weight trains")
  void greyResNet() {
    Module model = Arch.RESNET18.model(new Rng(1));
    Tensor old = model.stateDict().get("conv1.weight");
    float[] sum = old.sum(1).toFloats();
    Sequential body = Vision.createBody(model, -2, 1, true);
    Tensor now = body.stateDict().get("0.weight");
    assertArrayEquals(sum, now.toFloats());
    assertSame(now, model.stateDict().get("conv1.weight"));
    assertEquals(true, body.parameters().get(0).requiresGrad());
  }

  @Test
  void aBodyHasFastaisNames() {
    Sequential body = Vision.createBody(Arch.RESNET18.model(new Rng(1)), -2);
    assertArrayEquals(
        new long[] {128, 64, 1, 1}, body.stateDict().get("5.0.downsample.0.weight").shape());
    assertArrayEquals(new long[] {512}, body.stateDict().get("7.1.bn2.running_mean").shape());
    assertEquals("0.weight", body.namedParameters().keySet().iterator().next());
    assertEquals(8, body.size());
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
  @DisplayName("LAY-14 a body over the steps of films")
  void films() {
    Module body = Vision.createBody(Arch.RESNET18.model(new Rng(1)), -2).eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor films = Tensor.randn(new Rng(2), 2, 5, 3, 64, 64);
      Tensor y = new TimeDistributed(body).call(films);
      assertArrayEquals(new long[] {2, 5, 512, 2, 2}, y.shape());
      assertArrayEquals(
          y.toFloats(), new TimeDistributed(body, true).call(films).toFloats(), 1e-4f);
    }
  }
}
