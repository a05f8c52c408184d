package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Batch;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Conv2dOptions;
import org.onecycle.nn.Linear;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class SummaryTest {
  private static Sequential net() {
    return new Sequential(new Linear(1, 50), new ReLU(), new BatchNorm1d(50), new Linear(50, 1));
  }

  @Test
  @DisplayName("HOK-04 layers with their sizes, shapes and whether they train")
  void layers() {
    Sequential net = net();
    net.get(3).parameters().forEach(p -> p.requiresGrad(false));
    Tensor x = Tensor.zeros(1, 1);
    List<Summary.LayerInfo> rows = Summary.layers(net, Batch.of(x, x));
    assertEquals(
        List.of("Linear", "ReLU", "BatchNorm1d", "Linear"),
        rows.stream().map(Summary.LayerInfo::kind).toList());
    assertEquals(
        List.of(100L, 0L, 100L, 51L), rows.stream().map(Summary.LayerInfo::params).toList());
    assertArrayEquals(new long[] {1, 50}, rows.get(0).shape());
    assertArrayEquals(new long[] {1, 1}, rows.get(3).shape());
    assertTrue(rows.get(0).trainable());
    assertEquals(false, rows.get(3).trainable());
    assertTrue(net.isTraining(), "modes are as before");
  }

  @Test
  @DisplayName("HOK-06 the summary's columns, rules of 76 and totals")
  void text() {
    Learner learn =
        Learner.of(Line.data(), net())
            .lossFunc(new MSELossFlat())
            .progress(ProgressOutput.none())
            .splitter(m -> List.of(m.get(0).parameters(), m.slice(1, 4).parameters()))
            .build();
    String all = learn.summary();
    List<String> lines = all.lines().toList();
    assertEquals("Sequential (Input shape: 16 x 1)", lines.get(0));
    assertEquals("=".repeat(76), lines.get(1));
    assertEquals(
        List.of("Layer (type)", "Output Shape", "Param #", "Trainable"),
        List.of(lines.get(2).split(" {2,}")));
    assertEquals(List.of("Linear", "16 x 50", "100", "True"), List.of(lines.get(4).split(" {2,}")));
    assertEquals("ReLU", lines.get(5));
    assertTrue(all.contains("Total params: 251\nTotal trainable params: 251\n"), all);
    assertTrue(all.contains("Total non-trainable params: 0\n"), all);
    assertTrue(all.contains("Loss function: MSELossFlat\n\nModel unfrozen"), all);
    assertTrue(all.contains("  - TrainEval\n  - Recorder\n  - ProgressCallback\n"), all);
    learn.freeze();
    String frozen = learn.summary();
    assertTrue(frozen.contains("Model frozen up to parameter group #1"), frozen);
    assertTrue(frozen.contains("Total trainable params: 151\n"), frozen);
  }

  @Test
  @DisplayName("HOK-07 the convolutions of the book's digits")
  void book() {
    int[] channels = {1, 4, 8, 16, 32, 2};
    Conv2d[] convs = new Conv2d[5];
    for (int i = 0; i < 5; i++) {
      Conv2dOptions half = Conv2dOptions.of(2, 1);
      convs[i] = new Conv2d(channels[i], channels[i + 1], 3, half);
    }
    Sequential net = new Sequential(convs);
    Tensor x = Tensor.zeros(2, 1, 28, 28);
    List<Summary.LayerInfo> rows = Summary.layers(net, Batch.of(x, x));
    assertEquals(List.of(14L, 7L, 4L, 2L, 1L), rows.stream().map(r -> r.shape()[2]).toList());
    assertEquals(
        List.of(40L, 296L, 1168L, 4640L, 578L),
        rows.stream().map(Summary.LayerInfo::params).toList());
    assertEquals(6722, ModelInfo.totalParams(net));
  }
}
