package org.onecycle.vision.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.ModuleGradCheck;

class HeadTest {
  /** What is printed of each layer, without the settings that are always the same. */
  private static List<String> layers(Sequential head) {
    List<String> out = new ArrayList<>();
    for (Module m : head) {
      String s = m.toString().replaceAll("\\n.*", "");
      s = s.replaceAll(", eps=.*", ")").replaceAll(", inplace=False|(in|out)_features=", "");
      out.add(s.replaceAll("\\(start_dim.*|\\($|\\(\\)", ""));
    }
    return out;
  }

  @Test
  @DisplayName("VIS-01 createHead(5, 10)")
  void defaults() {
    assertEquals(
        List.of(
            "AdaptiveConcatPool2d",
            "Flatten",
            "BatchNorm1d(10)",
            "Dropout(p=0.25)",
            "Linear(10, 512, bias=False)",
            "ReLU",
            "BatchNorm1d(512)",
            "Dropout(p=0.5)",
            "Linear(512, 10, bias=False)"),
        layers(Vision.createHead(5, 10)));
    BatchNorm1d bn = (BatchNorm1d) Vision.createHead(5, 10).get(2);
    assertEquals(1e-3, bn.bias().tensor().max().item(), 1e-9);
  }

  @Test
  @DisplayName("VIS-03 createHead(512 * 2, 2, ps 0.5)")
  void siamese() {
    Sequential head = Vision.createHead(512 * 2, 2, HeadOptions.ps(0.5));
    assertEquals(
        List.of(
            "AdaptiveConcatPool2d",
            "Flatten",
            "BatchNorm1d(2048)",
            "Dropout(p=0.25)",
            "Linear(2048, 512, bias=False)",
            "ReLU",
            "BatchNorm1d(512)",
            "Dropout(p=0.5)",
            "Linear(512, 2, bias=False)"),
        layers(head));
    assertEquals(1054720, ModelInfo.totalParams(head));
  }

  @Test
  void everyOption() {
    HeadOptions o = HeadOptions.DEFAULT;
    assertEquals(
        List.of(
            "AdaptiveAvgPool2d(output_size=1)",
            "Flatten",
            "Dropout(p=0.0)",
            "Linear(32, 24, bias=False)",
            "ReLU",
            "BatchNorm1d(24)",
            "Linear(24, 3, bias=True)",
            "BatchNorm1d(3)"),
        layers(
            Vision.createHead(
                32,
                3,
                o.withPs(0)
                    .withLinFtrs(24)
                    .withConcatPool(false)
                    .withLinFirst(true)
                    .withBnFinal(true))));
    assertEquals(
        List.of(
            "Linear(8, 6, bias=True)",
            "ReLU",
            "BatchNorm1d(6)",
            "Dropout(p=0.2)",
            "Linear(6, 4, bias=False)",
            "ReLU",
            "BatchNorm1d(4)",
            "Dropout(p=0.3)",
            "Linear(4, 1, bias=False)",
            "SigmoidRange(low=0.0, high=5.5)"),
        layers(
            Vision.createHead(
                8,
                1,
                o.withPool(false)
                    .withFirstBn(false)
                    .withLinFtrs(6, 4)
                    .withPs(0, 0.2, 0.3)
                    .withYRange(0, 5.5))));
    Sequential single = Vision.createHead(5, 10, HeadOptions.ps(0).withLinFtrs());
    assertEquals(
        List.of("AdaptiveConcatPool2d", "Flatten", "BatchNorm1d(10)", "Linear(10, 10, bias=False)"),
        layers(single));
    BatchNorm1d last = (BatchNorm1d) Vision.createHead(5, 10, o.withBnFinal(true)).get(-1);
    assertEquals(0.01, last.options().momentum());
    assertEquals(0, last.bias().tensor().abs().max().item());
    assertThrows(
        IllegalArgumentException.class,
        () -> Vision.createHead(5, 10, HeadOptions.ps(0.1, 0.2, 0.3)));
  }

  @Test
  void namesAreFastais() {
    Sequential head = Vision.createHead(32, 5, HeadOptions.ps(0).withLinFtrs(24), new Rng(1));
    assertEquals(
        "[2.weight, 2.bias, 3.weight, 5.weight, 5.bias, 6.weight]",
        head.namedParameters().keySet().toString());
    assertArrayEquals(new long[] {6, 5}, head.call(Tensor.randn(new Rng(2), 6, 32, 3, 4)).shape());
    assertNull(head.stateDict().get("6.bias"));
  }

  @Test
  void answersStayInTheirRange() {
    Sequential head = Vision.createHead(4, 1, HeadOptions.ps(0.5).withYRange(1, 5));
    Tensor y = head.call(Tensor.randn(new Rng(3), 16, 4, 2, 2).mul(100));
    assertTrue(y.min().item() >= 1 && y.max().item() <= 5);
  }

  @Test
  void gradients() {
    HeadOptions o = HeadOptions.ps(0).withLinFtrs(4);
    ModuleGradCheck.check(Vision.createHead(3, 2, o), 16, leaf(1, 5, 3, 2, 3));
    ModuleGradCheck.check(
        Vision.createHead(3, 2, o.withLinFirst(true).withBnFinal(true).withYRange(-1, 2)),
        16,
        leaf(2, 5, 3, 2, 3));
  }
}
