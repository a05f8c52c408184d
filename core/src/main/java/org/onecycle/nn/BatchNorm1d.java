package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** {@link BatchNorm} of {@code [N, C]} or {@code [N, C, L]}. */
public final class BatchNorm1d extends BatchNorm {
  /** Makes a layer with PyTorch's settings. */
  public BatchNorm1d(int features) {
    this(features, BatchNormOptions.DEFAULT);
  }

  /** Makes a layer. */
  public BatchNorm1d(int features, BatchNormOptions options) {
    super(features, options);
  }

  @Override
  void checkShape(Tensor x, int channels) {
    boolean fits = (x.rank() == 2 || x.rank() == 3) && x.size(1) == channels;
    expect(fits, "[N, " + channels + "] or [N, " + channels + ", L]", x);
  }
}
