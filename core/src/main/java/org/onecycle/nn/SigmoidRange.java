package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** {@code sigmoid(x) (high - low) + low}: answers that stay within a range. */
public final class SigmoidRange extends Layer {
  private final double low;
  private final double high;

  /** Makes the layer. */
  public SigmoidRange(double low, double high) {
    this.low = low;
    this.high = high;
  }

  @Override
  protected Tensor compute(Tensor x) {
    return x.sigmoid().mul(high - low).add(low);
  }

  @Override
  protected String extraRepr() {
    return "low=" + Repr.number(low) + ", high=" + Repr.number(high);
  }
}
