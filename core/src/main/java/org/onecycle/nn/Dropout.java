package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * In training, sets each element to 0 with probability {@code p} and scales the rest by {@code 1 /
 * (1 - p)}; nothing in evaluation. Srivastava et al. 2014.
 *
 * <p>Draws from a generator split from {@link Init#rng()}, until {@link Module#seed} gives another.
 */
public final class Dropout extends DropoutLayer {
  /**
   * Makes a layer.
   *
   * @throws IllegalArgumentException if p is not within 0 and 1
   */
  public Dropout(double p) {
    super(p);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return drops() ? F.dropout(x, p(), rng()) : x;
  }

  @Override
  protected String extraRepr() {
    return "p=" + Repr.number(p()) + ", inplace=False";
  }
}
