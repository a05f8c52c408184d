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
              Pixels picture =
                  new Pixels(
                      from, i * item.inSize(), item.channels(), item.height(), item.width(), false);
              item.picture(picture, to, i * item.outSize(), change);
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
}
