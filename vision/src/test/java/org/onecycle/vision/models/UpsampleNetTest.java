package org.onecycle.vision.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.Scope;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.Vision;

class UpsampleNetTest {
  @ParameterizedTest
  @EnumSource
  void givesPicturesOfTheInputsSize(Upsampling how) {
    Sequential body = Vision.createBody(Vision.resnet18(Rng.of(1)), -2);
    UpsampleNet net = UpsampleNet.of(body, 3, 35, 50, how, Rng.of(2));
    try (Scope s = Scope.open()) {
      Tensor y = net.call(Tensor.randn(new Rng(1), 2, 3, 35, 50));
      assertArrayEquals(new long[] {2, 3, 35, 50}, y.shape());
      y.square().sum().backward();
      net.namedParameters().forEach((n, p) -> assertTrue(p.grad() != null, n + " has a gradient"));
    }
    List<String> kinds =
        net.bodyAndHead().get(1).children().values().stream().map(m -> m.kind()).toList();
    // 35 x 50 becomes 2 x 2, which is doubled five times.
    assertEquals(5, kinds.stream().filter("ConvLayer"::equals).count() - 1);
    assertEquals(how == Upsampling.NEAREST, kinds.contains("Upsample"));
  }
}
