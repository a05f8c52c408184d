package org.onecycle.nn;

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
    long n = x.size(0);
    long c = x.size(1) / square;
    long h = x.size(2);
    long w = x.size(3);
    return x.reshape(n, c, factor, factor, h, w)
        .permute(0, 1, 4, 2, 5, 3)
        .reshape(n, c, h * factor, w * factor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + factor;
  }
}
