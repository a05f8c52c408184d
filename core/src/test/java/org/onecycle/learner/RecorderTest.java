package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.metric.Metrics;
import org.onecycle.show.ProgressOutput;

class RecorderTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private Learner learner(boolean trainMetrics) {
    return Line.learner(new Line())
        .metrics(Metrics.mae(), Metrics.mse())
        .trainMetrics(trainMetrics)
        .progress(ProgressOutput.rows(out))
        .build();
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  @DisplayName("LRN-12 the columns, with and without metrics of the training batches")
  void columns() {
    assertEquals(
        List.of("epoch", "train_loss", "valid_loss", "mae", "mse", "time"),
        learner(false).recorder().columns());
    Learner both = learner(true);
    assertEquals(
        List.of(
            "epoch",
            "train_loss",
            "train_mae",
            "train_mse",
            "valid_loss",
            "valid_mae",
            "valid_mse",
            "time"),
        both.recorder().columns());
    EpochRecord record = both.fit(1).get(0);
    assertEquals(
        List.of("train_mae", "train_mse", "valid_mae", "valid_mse"),
        List.copyOf(record.metrics().keySet()));
    List<String> row = both.recorder().row(record);
    assertEquals(8, row.size());
    assertEquals(Recorder.number(record.metric("train_mse")), row.get(3));
    assertEquals(Recorder.number(record.validLoss()), row.get(4));
    assertEquals(Recorder.number(record.metric("valid_mse")), row.get(6));
  }

  @Test
  @DisplayName("LRN-13 a row an epoch")
  void rows() {
    Learner learn = learner(false);
    learn.fit(2);
    assertEquals(3, lines().size(), () -> lines().toString());
    assertTrue(lines().get(0).matches("epoch +train_loss +valid_loss +mae +mse +time"));
    for (int i = 0; i < 2; i++) {
      String row = lines().get(i + 1);
      assertTrue(row.matches(" +" + i + "( +\\d+\\.\\d{6}){4} +\\d\\d:\\d\\d"), row);
      assertEquals(lines().get(0).length(), row.length());
    }
  }

  @Test
  @DisplayName("LRN-18 what is silenced speaks again")
  void silenced() {
    Learner learn = learner(false);
    try (Undo quiet = learn.noLogging()) {
      learn.fit(1);
    }
    assertEquals(0, bytes.size());
    try (Undo noBar = learn.noBar()) {
      learn.fit(1);
    }
    learn.fit(1);
    assertEquals(4, lines().size());
  }

  @Test
  void theTrainingLossIsSmoothedAndTheValidationLossIsTheMean() {
    Learner learn = learner(false);
    EpochRecord record = learn.fitOneCycle(2, 1e-2).get(1);
    List<BatchRecord> batches = learn.recorder().batches();
    assertEquals(2 * Line.TRAIN, batches.size());
    double mean = 0;
    for (BatchRecord b : batches) {
      mean = 0.98 * mean + 0.02 * b.loss();
    }
    assertEquals(mean / (1 - Math.pow(0.98, batches.size())), record.trainLoss(), 1e-12);
    assertEquals(record.metric("mse"), record.validLoss(), 1e-6);
    assertEquals(0.95, batches.get(0).mom(), 1e-12);
    assertEquals(4e-4, batches.get(0).lr(), 1e-12);
  }

  @Test
  void times() {
    assertEquals("00:07", Recorder.time(7.9));
    assertEquals("12:05", Recorder.time(725));
    assertEquals("2:00:01", Recorder.time(7201));
  }
}
