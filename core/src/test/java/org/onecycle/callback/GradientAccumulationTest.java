package org.onecycle.callback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.learner.Learner;

class GradientAccumulationTest {
  private static double[] trained(Learner learn, int epochs) {
    learn.fit(epochs);
    double[] w = learn.model().stateDict().get("0.weight").toDoubles();
    double[] b = learn.model().stateDict().get("0.bias").toDoubles();
    return new double[] {w[0], b[0]};
  }

  @Test
  @DisplayName("LRN-22 eight batches of one with eight items a step are one batch of eight")
  void items() {
    Learner small = Lines.learner(1).cbs(new GradientAccumulation(8)).build();
    Learner large = Lines.learner(8).build();
    assertArrayEquals(trained(large, 3), trained(small, 3), 1e-5);
    double loss = large.recorder().history().get(2).validLoss();
    assertEquals(loss, small.recorder().history().get(2).validLoss(), 1e-4);
  }

  @Test
  @DisplayName(
      "LRN-23 more items than an epoch has: no step, unless the rest is flushed at the end")
  void never() {
    Learner none = Lines.learner(2).cbs(new GradientAccumulation(1000, false)).build();
    double before = none.validate().loss();
    assertArrayEquals(new double[] {.5, 0}, trained(none, 1), 0);
    assertEquals(before, none.recorder().history().get(0).validLoss());
    assertNull(none.model().parameters().get(0).grad());
    Learner flushed = Lines.learner(2).cbs(new GradientAccumulation(1000)).build();
    double[] got = trained(flushed, 1);
    assertNotEquals(.5, got[0]);
    assertArrayEquals(trained(Lines.learner(8).build(), 1), got, 1e-5);
  }

  @Test
  @DisplayName("a step is the mean of the items that came, also when batches do not divide it")
  void uneven() {
    // Batches of 4 with 6 items a step: each step is the mean of 8.
    Learner learn = Lines.learner(4).cbs(new GradientAccumulation(6)).build();
    assertArrayEquals(trained(Lines.learner(8).build(), 2), trained(learn, 2), 1e-5);
  }
}
