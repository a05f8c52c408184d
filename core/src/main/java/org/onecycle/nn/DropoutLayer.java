package org.onecycle.nn;

import org.onecycle.tensor.Rng;

/** A layer that drops with a probability, and what it draws from. */
abstract sealed class DropoutLayer extends Layer implements Stochastic
    permits Dropout, RnnDropout, EmbeddingDropout {
  private final double p;
  private Rng rng = Init.rng().split();

  DropoutLayer(double p) {
    this.p = Repr.probability(this, p);
  }

  /** Returns the probability. */
  public final double p() {
    return p;
  }

  /** Whether there is anything to drop now. */
  final boolean drops() {
    return isTraining() && p > 0;
  }

  @Override
  public final Rng rng() {
    return rng;
  }

  @Override
  public final void rng(Rng other) {
    rng = other;
  }

  @Override
  protected String extraRepr() {
    return "p=" + Repr.number(p);
  }
}
