package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * The largest value of each cell of a grid laid over the picture, whatever its size: from {@code
 * [N, C, H, W]} to {@code [N, C, h, w]}.
 */
public final class AdaptiveMaxPool2d extends Layer {
  private final int height;
  private final int width;

  /** Makes a layer with a square result. */
  public AdaptiveMaxPool2d(int size) {
    this(size, size);
  }

  /** Makes a layer. */
  public AdaptiveMaxPool2d(int height, int width) {
    this.height = height;
    this.width = width;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4, "[N, C, H, W]", x);
    return F.adaptiveMaxPool2d(x, height, width);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Repr.size(height, width);
  }
}
