package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Turns channels into pixels: {@code [N, C r^2, H, W]} becomes {@code [N, C, H r, W r]}. Shi et al.
 * 2016, arXiv 1609.05158.
 */
public final class PixelShuffle extends Layer {
  private final int factor;

  /** Makes a layer that enlarges by {@code factor}. */
  public PixelShuffle(int factor) {
    this.factor = factor;
  }

  @Override
  protected Tensor compute(Tensor x) {
    int square = factor * factor;
    expect(x.rank() == 4 && x.size(1) % square == 0, "[N, C * " + square + ", H, W]", x);
    return F.pixelShuffle(x, factor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + factor;
  }
}
