package org.onecycle.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.optim.Hyper;

/**
 * Holds the learning rates and momentums of all groups against the recorded ones at every step, and
 * then puts the recorded ones in place: fastai computed the position in the schedule in float32, so
 * the rates are known to seven digits, which would be all that the parameters could agree to.
 */
final class RecordedHypers extends Callback {
  private static final double RELATIVE = 1e-6;

  private final JsonNode train;
  private final Parity parity;
  private int step;

  RecordedHypers(JsonNode train, Parity parity) {
    this.train = train;
    this.parity = parity;
  }

  @Override
  public void beforeStep(Learner learn) {
    put(learn, Hyper.LR, train.get("lr").get(step));
    put(learn, Hyper.MOM, train.get("mom").get(step));
    step++;
  }

  private void put(Learner learn, String hyper, JsonNode recorded) {
    double[] ours = learn.opt().hyper(hyper);
    double[] theirs = numbers(recorded);
    boolean same = ours.length == theirs.length;
    for (int i = 0; same && i < theirs.length; i++) {
      same = Math.abs(ours[i] - theirs[i]) <= RELATIVE * theirs[i];
    }
    String what = "%s of step %d is %s, not %s";
    parity.expect(what.formatted(hyper, step, Arrays.toString(ours), recorded), same);
    learn.opt().setHyper(hyper, theirs);
  }

  static double[] numbers(JsonNode array) {
    double[] out = new double[array.size()];
    Arrays.setAll(out, i -> array.get(i).doubleValue());
    return out;
  }
}
