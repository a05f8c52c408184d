package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Dropout whose mask is the same at all time steps: an element of {@code [N, T, C]} that is zero at
 * one step is zero at all. Gal and Ghahramani 2016, arXiv 1512.05287.
 */
public final class RnnDropout extends Layer implements Stochastic {
  private final double p;
  private final int timeAxis;
  private Rng rng = Init.rng().split();

  /** Makes a layer for {@code [N, T, C]}. */
  public RnnDropout(double p) {
    this(p, 1);
  }

  /** Makes a layer with the time on another axis. */
  public RnnDropout(double p, int timeAxis) {
    this.p = Repr.probability(this, p);
    this.timeAxis = timeAxis;
  }

  /** Returns the probability. */
  public double p() {
    return p;
  }

  @Override
  public Rng rng() {
    return rng;
  }

  @Override
  public void rng(Rng other) {
    rng = other;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 3, "three axes", x);
    if (!isTraining() || p == 0) {
      return x;
    }
    long[] shape = x.shape();
    shape[timeAxis] = 1;
    return x.mul(F.dropout(Tensor.full(1, x.dtype(), shape), p, rng));
  }

  @Override
  protected String extraRepr() {
    return "p=" + Repr.number(p);
  }
}
