package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Dropout whose mask is the same at all time steps: an element of {@code [N, T, C]} that is zero at
 * one step is zero at all. Gal and Ghahramani 2016, arXiv 1512.05287.
 */
public final class RnnDropout extends DropoutLayer {
  private final int timeAxis;

  /** Makes a layer for {@code [N, T, C]}. */
  public RnnDropout(double p) {
    this(p, 1);
  }

  /** Makes a layer with the time on another axis. */
  public RnnDropout(double p, int timeAxis) {
    super(p);
    this.timeAxis = timeAxis;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 3, "three axes", x);
    if (!drops()) {
      return x;
    }
    long[] shape = x.shape();
    shape[timeAxis] = 1;
    return x.mul(F.dropout(Tensor.full(1, x.dtype(), shape), p(), rng()));
  }
}
