package org.onecycle.callback;

import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Lays each training item over another of its batch: {@code lam x + (1 - lam) x'}, where {@code
 * lam} is drawn for each item from Beta(alpha, alpha), and the larger of it and {@code 1 - lam}.
 * Zhang et al. 2018, arXiv 1710.09412.
 */
public final class MixUp extends Mixing {
  private static final double ALPHA = 0.4;

  /** Mixes as fastai does by default: alpha .4. */
  public MixUp(Rng rng) {
    this(ALPHA, rng);
  }

  /**
   * Mixes.
   *
   * @param alpha near 0 for items that are almost whole, 1 for any share alike
   * @param rng decides every draw
   */
  public MixUp(double alpha, Rng rng) {
    super(alpha, rng);
  }

  @Override
  Mixed mix(Tensor x, Tensor other) {
    double[] lam = new double[(int) x.size(0)];
    for (int i = 0; i < lam.length; i++) {
      double drawn = draw();
      lam[i] = Math.max(drawn, 1 - drawn);
    }
    Tensor share = Tensor.of(lam, lam.length);
    return new Mixed(lerp(x, other, share), share);
  }
}
