package org.onecycle.nn;

/** What keeps the scale of a convolution's output or of its weight. */
public enum NormType {
  /** Nothing. */
  NONE,
  /** Batch norm whose weight starts at 1. */
  BATCH,
  /** Batch norm whose weight starts at 0, for the end of a residual branch. */
  BATCH_ZERO,
  /** {@link WeightNorm} of the convolution. */
  WEIGHT,
  /** {@link SpectralNorm} of the convolution. */
  SPECTRAL;

  /** Returns whether a batch norm follows the convolution. */
  public boolean isBatch() {
    return this == BATCH || this == BATCH_ZERO;
  }

  /** Returns what the last convolution of a residual branch gets. */
  NormType atEndOfBranch() {
    return this == BATCH ? BATCH_ZERO : this;
  }
}
