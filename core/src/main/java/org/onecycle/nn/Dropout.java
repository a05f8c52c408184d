package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * In training, sets each element to 0 with probability {@code p} and scales the rest by {@code 1 /
 * (1 - p)}; nothing in evaluation. Srivastava et al. 2014.
 *
 * <p>Draws from a generator split from {@link Init#rng()}, until {@link Module#seed} gives another.
 */
public final class Dropout extends Layer implements Stochastic {
  private final double p;
  private Rng rng = Init.rng().split();

  /**
   * Makes a layer.
   *
   * @throws IllegalArgumentException if p is not within 0 and 1
   */
  public Dropout(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("Dropout expects a probability from 0 to 1, got " + p);
    }
    this.p = p;
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
    return isTraining() && p > 0 ? F.dropout(x, p, rng) : x;
  }

  @Override
  protected String extraRepr() {
    return "p=" + Repr.number(p) + ", inplace=False";
  }
}
