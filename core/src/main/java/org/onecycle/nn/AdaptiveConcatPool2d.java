package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/**
 * The maxima, then the means of each cell of a grid: from {@code [N, C, H, W]} to {@code [N, 2 C,
 * size, size]}, the first C channels being the maxima.
 */
public final class AdaptiveConcatPool2d extends Layer {
  private final Module ap;
  private final Module mp;

  /** Makes a layer that reduces every channel to two numbers. */
  public AdaptiveConcatPool2d() {
    this(1);
  }

  /** Makes a layer with a square result. */
  public AdaptiveConcatPool2d(int size) {
    ap = add("ap", new AdaptiveAvgPool2d(size));
    mp = add("mp", new AdaptiveMaxPool2d(size));
  }

  @Override
  protected Tensor compute(Tensor x) {
    return Tensor.cat(1, mp.call(x), ap.call(x));
  }
}
