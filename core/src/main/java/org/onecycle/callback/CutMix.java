package org.onecycle.callback;

import java.util.Arrays;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Replaces a box of each training picture {@code [N, C, H, W]} by that of another of its batch; the
 * box is the same for all, and the other target counts as much as the box covers. Yun et al. 2019,
 * arXiv 1905.04899.
 */
public final class CutMix extends Mixing {
  private static final double ALPHA = 1;

  /** Cuts as fastai does by default: alpha 1, any size of box alike. */
  public CutMix(Rng rng) {
    this(ALPHA, rng);
  }

  /**
   * Cuts.
   *
   * @param alpha of the beta distribution of the share that stays
   * @param rng decides every draw
   */
  public CutMix(double alpha, Rng rng) {
    super(alpha, rng);
  }

  /** Pixels from {@code left} to before {@code right}, {@code top} to before {@code bottom}. */
  record Box(int left, int top, int right, int bottom) {
    /** A box of {@code 1 - lam} of the area round a pixel, cut off at the picture's sides. */
    static Box of(int width, int height, double lam, int x, int y) {
      double side = Math.sqrt(1 - lam);
      int halfWidth = (int) Math.rint(width * side) / 2;
      int halfHeight = (int) Math.rint(height * side) / 2;
      return new Box(
          Math.max(x - halfWidth, 0),
          Math.max(y - halfHeight, 0),
          Math.min(x + halfWidth, width),
          Math.min(y + halfHeight, height));
    }

    /** Returns the share of a picture that is not in the box. */
    double rest(int width, int height) {
      return 1 - (double) ((right - left) * (bottom - top)) / (width * height);
    }
  }

  @Override
  Mixed mix(Tensor x, Tensor other) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(
          "CutMix expects pictures [N, C, H, W], got " + Arrays.toString(x.shape()));
    }
    int width = (int) x.size(3);
    int height = (int) x.size(2);
    Box box = Box.of(width, height, draw(), rng().nextInt(width), rng().nextInt(height));
    float[] inside = new float[width * height];
    for (int r = box.top(); r < box.bottom(); r++) {
      Arrays.fill(inside, r * width + box.left(), r * width + box.right(), 1);
    }
    Tensor mask = Tensor.of(inside, 1, 1, height, width).to(x.dtype());
    Tensor mixed = x.add(other.sub(x).mul(mask));
    double[] rest = new double[(int) x.size(0)];
    Arrays.fill(rest, box.rest(width, height));
    return new Mixed(mixed, Tensor.of(rest, rest.length));
  }
}
