package org.onecycle.vision.augment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.array.DType;
import org.onecycle.data.HostArray;
import org.onecycle.tensor.Tensor;

/** Makes the changes of a batch real: one interpolation for each picture, then light. */
final class Sampler {
  private final SampleOptions options;

  Sampler(SampleOptions options) {
    this.options = options;
  }

  /** Changes pictures {@code [N, C, H, W]}, each in its way. */
  Tensor pictures(Tensor x, List<Change> changes) {
    long[] shape = checked(x, changes, 4, "[N, C, H, W]");
    Item item = new Item((int) shape[1], (int) shape[2], (int) shape[3], options);
    float[] from = x.toFloats();
    HostArray out =
        HostArray.zeros(DType.FLOAT, shape[0], shape[1], item.toHeight(), item.toWidth());
    float[] to = out.floats();
    IntStream.range(0, changes.size())
        .parallel()
        .forEach(
            i -> {
              Change change = changes.get(i);
              item.sample(from, i * item.inSize(), to, i * item.outSize(), change);
              int plane = item.outSize() / item.channels();
              change.shine(to, i * item.outSize(), item.channels(), plane);
            });
    return x.dtype() == DType.FLOAT ? out.toTensor() : out.toTensor().to(x.dtype());
  }

  /** Changes masks {@code [N, H, W]} of whole numbers: the nearest pixel, no light. */
  Tensor masks(Tensor x, List<Change> changes) {
    long[] shape = checked(x, changes, 3, "[N, H, W]");
    Item item = new Item(1, (int) shape[1], (int) shape[2], options);
    long[] from = x.toLongs();
    HostArray out = HostArray.zeros(DType.INT64, shape[0], item.toHeight(), item.toWidth());
    long[] to = out.longs();
    IntStream.range(0, changes.size())
        .parallel()
        .forEach(
            i -> item.nearest(from, i * item.inSize(), to, i * item.outSize(), changes.get(i)));
    return x.dtype() == DType.INT64 ? out.toTensor() : out.toTensor().to(x.dtype());
  }

  private static long[] checked(Tensor x, List<Change> changes, int rank, String expected) {
    long[] shape = x.shape();
    if (shape.length != rank || shape[0] != changes.size() || x.numel() == 0) {
      throw new IllegalArgumentException(
          "augmentation expects %s with N = %d, got %s"
              .formatted(expected, changes.size(), Arrays.toString(shape)));
    }
    return shape;
  }

  /** The sizes that all items of a batch share, and the loops over one of them. */
  private record Item(int channels, int height, int width, SampleOptions options) {
    int toHeight() {
      return options.keepsSize() ? height : options.height();
    }

    int toWidth() {
      return options.keepsSize() ? width : options.width();
    }

    int inSize() {
      return channels * height * width;
    }

    int outSize() {
      return channels * toHeight() * toWidth();
    }

    private boolean untouched(Change change) {
      return change.staysInPlace() && toHeight() == height && toWidth() == width;
    }

    void sample(float[] from, int start, float[] to, int toStart, Change change) {
      if (untouched(change)) {
        System.arraycopy(from, start, to, toStart, inSize());
      } else if (options.mode() == Mode.NEAREST) {
        nearest(from, start, to, toStart, change);
      } else {
        bilinear(from, start, to, toStart, change);
      }
    }

    private void bilinear(float[] from, int start, float[] to, int toStart, Change change) {
      double[] places = change.places(height, width);
      double shrink = shrink(places);
      if (shrink > 1) {
        int h = (int) Math.floor(height * (1 / shrink));
        int w = (int) Math.floor(width * (1 / shrink));
        float[] smaller = Area.shrink(from, start, channels, height, width, h, w);
        gather(smaller, 0, h, w, to, toStart, places);
      } else {
        gather(from, start, height, width, to, toStart, places);
      }
    }

    private void gather(
        float[] from, int start, int h, int w, float[] to, int toStart, double[] places) {
      Lookup lookup = lookup(places, h, w);
      Corners corners = new Corners(toWidth());
      int plane = toHeight() * toWidth();
      for (int y = 0; y < toHeight(); y++) {
        lookup.bilinear(y, corners);
        for (int c = 0; c < channels; c++) {
          corners.gather(from, start + c * h * w, to, toStart + c * plane + y * toWidth());
        }
      }
    }

    /**
     * How much to shrink first by means: bilinear interpolation looks at four pixels only, so that
     * a picture more than twice too large, and not zoomed by as much, is brought to twice (fastai's
     * rule, here for each picture by itself).
     */
    private double shrink(double[] places) {
      double d = Math.min((double) height / toHeight(), (double) width / toWidth()) / 2;
      return d > 1 && d > 2 / extent(places) ? d : 1;
    }

    /** The span of all coordinates looked up, which a picture's corners decide. */
    private double extent(double[] m) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double right = -Lookup.first(toWidth(), options.alignCorners());
      double bottom = -Lookup.first(toHeight(), options.alignCorners());
      for (int k = 0; k < 4; k++) {
        double x = (k & 1) == 0 ? -right : right;
        double y = (k & 2) == 0 ? -bottom : bottom;
        double z = m[6] * x + m[7] * y + m[8];
        double sx = (m[0] * x + m[1] * y + m[2]) / z;
        double sy = (m[3] * x + m[4] * y + m[5]) / z;
        low = Math.min(low, Math.min(sx, sy));
        high = Math.max(high, Math.max(sx, sy));
      }
      return high - low;
    }

    private Lookup lookup(double[] places, int h, int w) {
      return new Lookup(
          places, h, w, toHeight(), toWidth(), options.padMode(), options.alignCorners());
    }

    private void nearest(float[] from, int start, float[] to, int toStart, Change change) {
      Lookup lookup = lookup(change.places(height, width), height, width);
      int[] index = new int[toWidth()];
      for (int y = 0; y < toHeight(); y++) {
        lookup.nearest(y, index);
        for (int c = 0; c < channels; c++) {
          int plane = start + c * height * width;
          int row = toStart + (c * toHeight() + y) * toWidth();
          for (int x = 0; x < index.length; x++) {
            to[row + x] = index[x] < 0 ? 0 : from[plane + index[x]];
          }
        }
      }
    }

    void nearest(long[] from, int start, long[] to, int toStart, Change change) {
      if (untouched(change)) {
        System.arraycopy(from, start, to, toStart, inSize());
        return;
      }
      Lookup lookup = lookup(change.places(height, width), height, width);
      int[] index = new int[toWidth()];
      for (int y = 0; y < toHeight(); y++) {
        lookup.nearest(y, index);
        int row = toStart + y * toWidth();
        for (int x = 0; x < index.length; x++) {
          to[row + x] = index[x] < 0 ? 0 : from[start + index[x]];
        }
      }
    }
  }
}
