package org.onecycle.nn;

import java.util.Arrays;
import org.onecycle.tensor.F;
import org.onecycle.tensor.LstmResult;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * An LSTM of one layer whose hidden-to-hidden weights are dropped: in training each call uses
 * {@code weight_hh_l0_raw} with each element 0 with probability {@code p} and the others divided by
 * {@code 1 - p}, the same at all time steps. Merity et al. 2017, arXiv 1708.02182.
 *
 * <p>The LSTM is the child {@code module}; its own {@code weight_hh_l0} goes over to this module.
 */
public final class WeightDropout extends Module implements Stochastic {
  private final double p;
  private final LSTM lstm;
  private final Parameter raw;
  private Rng rng = Init.rng().split();

  /**
   * Wraps an LSTM, which is not to be used by itself any more.
   *
   * @throws IllegalArgumentException if it has more than one layer or p is no probability
   */
  public WeightDropout(LSTM lstm, double p) {
    if (lstm.numLayers() != 1) {
      throw new IllegalArgumentException(
          "WeightDropout expects an LSTM of one layer, got " + lstm.numLayers());
    }
    this.p = Repr.probability(this, p);
    this.lstm = add("module", lstm);
    raw = share("weight_hh_l0_raw", lstm.giveUpHidden());
  }

  /** Returns the probability. */
  public double p() {
    return p;
  }

  /** Returns the LSTM inside. */
  public LSTM module() {
    return lstm;
  }

  /** Returns the undropped hidden-to-hidden weight {@code [4 hidden, hidden]}. */
  public Parameter raw() {
    return raw;
  }

  @Override
  public Rng rng() {
    return rng;
  }

  @Override
  public void rng(Rng other) {
    rng = other;
  }

  /** As {@link LSTM#forward}. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1 && inputs.length != 3) {
      throw new IllegalArgumentException(
          "WeightDropout expects a sequence, or a sequence and two states, got " + inputs.length);
    }
    Tensor x = inputs[0];
    if (x.rank() != 3) {
      throw new IllegalArgumentException(
          "WeightDropout expects [N, T, in], got " + Arrays.toString(x.shape()));
    }
    Tensor zero = Tensor.full(0, x.dtype(), x.size(0), lstm.hiddenSize());
    Tensor h = inputs.length == 1 ? zero : inputs[1].select(0, 0);
    Tensor c = inputs.length == 1 ? zero : inputs[2].select(0, 0);
    return run(x.transpose(0, 1), h, c).output().transpose(0, 1);
  }

  /**
   * Runs the LSTM with newly dropped weights.
   *
   * @param x {@code [T, N, in]}, time first
   * @param h {@code [N, hidden]}
   * @param c {@code [N, hidden]}
   */
  public LstmResult run(Tensor x, Tensor h, Tensor c) {
    Tensor weight = raw.tensor();
    Tensor hh = isTraining() && p > 0 ? F.dropout(weight, p, rng) : weight;
    return lstm.timeFirst(0, x, h, c, hh);
  }
}
