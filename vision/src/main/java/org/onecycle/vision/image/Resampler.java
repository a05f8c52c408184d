package org.onecycle.vision.image;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Resizes with PIL's bilinear filter: a triangle whose support grows with the shrinking, so that
 * every source pixel counts (OpenCV's bilinear looks at 4 pixels and aliases, its area filter is a
 * box).
 *
 * <p>Pretrained networks and fastai's results come from pictures that PIL shrank, hence our own few
 * lines, equal to PIL's bit for bit: the output pixel {@code i} weighs the source pixel {@code j}
 * with {@code max(0, 1 - |j + 1/2 - (i + 1/2) s| / max(1, s))}, {@code s} = source size / output
 * size, weights normalised to a sum of 1. The columns first, then the rows, in 22 bit fixed point,
 * rounded to 8 bits in between.
 */
final class Resampler {
  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  private Resampler() {}

  static Image resize(Image from, int width, int height) {
    byte[] pixels = from.raw();
    if (width != from.width()) {
      pixels = columns(pixels, from.width(), width, from.height(), from.channels());
    }
    if (height != from.height()) {
      pixels = rows(pixels, from.height(), height, width * from.channels());
    }
    return pixels == from.raw() ? from : new Image(width, height, from.channels(), pixels);
  }

  private static byte[] columns(byte[] in, int from, int to, int height, int channels) {
    Weights weights = Weights.of(from, to);
    byte[] out = new byte[to * height * channels];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < to; x++) {
        int[] k = weights.values[x];
        int at = (y * from + weights.first[x]) * channels;
        if (channels == 3) {
          int r = HALF;
          int g = HALF;
          int b = HALF;
          for (int w : k) {
            r += w * (in[at] & 0xff);
            g += w * (in[at + 1] & 0xff);
            b += w * (in[at + 2] & 0xff);
            at += 3;
          }
          out[o] = (byte) (r >> BITS);
          out[o + 1] = (byte) (g >> BITS);
          out[o + 2] = (byte) (b >> BITS);
          o += 3;
        } else {
          int sum = HALF;
          for (int w : k) {
            sum += w * (in[at++] & 0xff);
          }
          out[o++] = (byte) (sum >> BITS);
        }
      }
    }
    return out;
  }

  /** Row by row, so that the inner loop runs along memory and the compiler vectorises it. */
  private static byte[] rows(byte[] in, int from, int to, int stride) {
    Weights weights = Weights.of(from, to);
    byte[] out = new byte[to * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < to; y++) {
      Arrays.fill(sums, HALF);
      int at = weights.first[y] * stride;
      for (int w : weights.values[y]) {
        for (int i = 0; i < stride; i++) {
          sums[i] += w * (in[at + i] & 0xff);
        }
        at += stride;
      }
      for (int i = 0, o = y * stride; i < stride; i++) {
        out[o + i] = (byte) (sums[i] >> BITS);
      }
    }
    return out;
  }

  /** For each output index the first source index and the fixed point weights from there on. */
  private static final class Weights {
    final int[] first;
    final int[][] values;

    private Weights(int[] first, int[][] values) {
      this.first = first;
      this.values = values;
    }

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(1, scale);
      int[] first = new int[to];
      int[][] values = new int[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int lo = Math.max(0, (int) (centre - support + 0.5));
        int hi = Math.min(from, (int) (centre + support + 0.5));
        double[] k =
            IntStream.range(lo, hi)
                .mapToDouble(j -> Math.max(0, 1 - Math.abs((j - centre + 0.5) / support)))
                .toArray();
        double sum = 0;
        for (double w : k) {
          sum += w;
        }
        first[i] = lo;
        values[i] = new int[k.length];
        for (int j = 0; j < k.length; j++) {
          values[i][j] = (int) (0.5 + k[j] / sum * (1 << BITS));
        }
      }
      return new Weights(first, values);
    }
  }
}
