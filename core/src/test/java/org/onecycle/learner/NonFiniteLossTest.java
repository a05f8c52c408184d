package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.callback.TerminateOnNaN;
import org.onecycle.data.Batch;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class NonFiniteLossTest {
  /** Puts a bad number into a batch. */
  private static final class Poison extends Callback {
    @Override
    public boolean runValid() {
      return false;
    }

    @Override
    public void beforeBatch(Learner learn) {
      if (learn.state().epoch() == 1 && learn.state().iter() == 3) {
        Batch b = learn.state().batch();
        learn.state().batch(b.withInputs(b.input(0).mul(Double.NaN)));
      }
    }
  }

  private final Sequential model =
      new Sequential(new Linear(1, 4), new BatchNorm1d(4), new Linear(4, 1));

  private Learner learner(Callback... cbs) {
    return Learner.of(Line.data(), model)
        .lossFunc(new MSELossFlat())
        .progress(ProgressOutput.none())
        .cbs(cbs)
        .build();
  }

  private void assertSane() {
    for (Map.Entry<String, Tensor> e : model.stateDict().entrySet()) {
      for (double v : e.getValue().toDoubles()) {
        assertTrue(Double.isFinite(v), e.getKey());
      }
    }
  }

  @Test
  @DisplayName("a NaN loss stops the fit with an error that names the batch; the model stays sane")
  void stops() {
    double[][] weight = new double[1][];
    Callback watch =
        new Callback() {
          @Override
          public void beforeBatch(Learner learn) {
            weight[0] = model.get(0).parameters().get(0).tensor().toDoubles();
          }
        };
    Learner learn = learner(new Poison(), watch);
    NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> learn.fit(3));
    assertEquals(1, e.epoch());
    assertEquals(3, e.batch());
    assertTrue(e.getMessage().startsWith("The loss is NaN in epoch 1, batch 3 of 5 (items ["));
    assertArrayEquals(weight[0], model.get(0).parameters().get(0).tensor().toDoubles());
    assertSane();
    assertEquals(1, learn.recorder().history().size());
    assertTrue(Double.isFinite(learn.validate().loss()));
  }

  @Test
  void terminateOnNaNEndsTheFitQuietly() {
    Learner learn = learner(new Poison(), new TerminateOnNaN());
    List<EpochRecord> history = learn.fit(3);
    assertEquals(1, history.size());
    assertEquals(8, learn.recorder().batches().size());
    assertSane();
  }
}
