package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.callback.BnFreeze;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Optimizers;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class FreezeTest {
  /** Linear, batch norm and two numbers; the output is the sum of all, so each gradient is 1. */
  private static final class Sum extends Module {
    private final Linear linear = add("linear", new Linear(1, 1));
    private final BatchNorm1d norm = add("norm", new BatchNorm1d(1));
    private final Line line = add("line", new Line());

    @Override
    public Tensor forward(Tensor... x) {
      Tensor sum = Tensor.scalar(0);
      for (Parameter p : parameters()) {
        sum = sum.add(p.tensor().sum());
      }
      return sum;
    }
  }

  private final Sum model = new Sum();
  private final Map<String, Double> start = values();

  private Map<String, Double> values() {
    Map<String, Double> out = new TreeMap<>();
    model.namedParameters().forEach((n, p) -> out.put(n, p.tensor().item()));
    return out;
  }

  private Learner learner(boolean trainBn) {
    Loss itself = (pred, target, reduction) -> pred;
    return Learner.of(Line.data(), model)
        .lossFunc(itself)
        .optFunc(Optimizers.sgd())
        .trainBn(trainBn)
        .splitter(m -> List.of(m.linear.parameters(), m.norm.parameters(), m.line.parameters()))
        .progress(ProgressOutput.none())
        .build();
  }

  /** Five steps at 1e-2 move what trains by -.05. */
  private void check(Learner learn, double linear, double norm, double line) {
    model
        .namedParameters()
        .forEach(
            (n, p) ->
                p.assign(Tensor.full(start.get(n), p.tensor().dtype(), 1).reshape(p.shape())));
    learn.fit(1, 1e-2);
    values()
        .forEach(
            (n, v) -> {
              double moved = n.startsWith("linear") ? linear : n.startsWith("norm") ? norm : line;
              assertEquals(moved, v - start.get(n), 1e-6, n);
            });
  }

  @Test
  @DisplayName("GRP-12 norm layers train in frozen groups")
  void trainBn() {
    Learner learn = learner(true);
    learn.freeze();
    check(learn, 0, -.05, -.05);
    learn.unfreeze();
    check(learn, -.05, -.05, -.05);
  }

  @Test
  @DisplayName("GRP-13 unless told not to")
  void noTrainBn() {
    Learner learn = learner(false);
    learn.freeze();
    check(learn, 0, 0, -.05);
    learn.freezeTo(-2);
    check(learn, 0, -.05, -.05);
    learn.unfreeze();
    check(learn, -.05, -.05, -.05);
  }

  @Test
  @DisplayName("LRN-24 running statistics move in frozen groups, unless BnFreeze keeps them")
  void runningStatistics() {
    for (boolean kept : new boolean[] {false, true}) {
      Sequential net = new Sequential(new Linear(1, 2), new BatchNorm1d(2), new Linear(2, 1));
      Learner learn =
          Learner.of(Line.data(), net)
              .lossFunc(new MSELossFlat())
              .trainBn(false)
              .splitter(m -> List.of(m.slice(0, 2).parameters(), m.get(2).parameters()))
              .cbs(kept ? new Callback[] {new BnFreeze()} : new Callback[0])
              .progress(ProgressOutput.none())
              .build();
      learn.freeze();
      Module norm = net.get(1);
      double[] weight = norm.ownParameters().get("weight").tensor().toDoubles();
      double[] mean = norm.ownBuffers().get("running_mean").tensor().toDoubles();
      double[] var = norm.ownBuffers().get("running_var").tensor().toDoubles();
      learn.fit(2);
      assertArrayEquals(weight, norm.ownParameters().get("weight").tensor().toDoubles());
      double[] moved = norm.ownBuffers().get("running_mean").tensor().toDoubles();
      if (kept) {
        assertArrayEquals(mean, moved, 0);
        assertArrayEquals(var, norm.ownBuffers().get("running_var").tensor().toDoubles(), 0);
        learn.unfreeze();
        learn.fit(1);
        moved = norm.ownBuffers().get("running_mean").tensor().toDoubles();
      }
      for (int i = 0; i < mean.length; i++) {
        assertNotEquals(mean[i], moved[i]);
      }
    }
  }
}
