package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** {@link BatchNorm} of {@code [N, C, H, W]}. */
public final class BatchNorm2d extends BatchNorm {
  /** Makes a layer with PyTorch's settings. */
  public BatchNorm2d(int features) {
    this(features, BatchNormOptions.DEFAULT);
  }

  /** Makes a layer. */
  public BatchNorm2d(int features, BatchNormOptions options) {
    super(features, options);
  }

  @Override
  void checkShape(Tensor x, int channels) {
    expect(x.rank() == 4 && x.size(1) == channels, "[N, " + channels + ", H, W]", x);
  }
}
