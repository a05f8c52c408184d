package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.bench.libtorch.Layers.Conv;
import org.onecycle.bench.libtorch.Layers.Norm;

/** The body of a ResNet-34: from pictures to 512 channels. */
final class ResNet34 {
  static final int CHANNELS = 512;

  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int STEM = 64;

  private final Conv conv1;
  private final Norm bn1;
  private final List<List<Block>> stages = new ArrayList<>();

  ResNet34(Params p) {
    conv1 = Conv.of(p, 3, STEM, 7, 2, false);
    bn1 = Norm.of(p, STEM);
    int in = STEM;
    for (int s = 0; s < BLOCKS.length; s++) {
      int out = STEM << s;
      List<Block> blocks = new ArrayList<>();
      for (int b = 0; b < BLOCKS[s]; b++) {
        blocks.add(Block.of(p, in, out, s > 0 && b == 0 ? 2 : 1));
        in = out;
      }
      stages.add(blocks);
    }
  }

  /** Two convolutions and a way past them. */
  private record Block(Conv conv1, Norm bn1, Conv conv2, Norm bn2, Conv past, Norm pastBn) {
    static Block of(Params p, int in, int out, int stride) {
      boolean same = stride == 1 && in == out;
      return new Block(
          Conv.of(p, in, out, 3, stride, false),
          Norm.of(p, out),
          Conv.of(p, out, out, 3, 1, false),
          Norm.of(p, out),
          same ? null : Conv.of(p, in, out, 1, stride, false),
          same ? null : Norm.of(p, out));
    }

    NDArray apply(NDArray x, boolean training) {
      NDArray y = Activation.relu(bn1.apply(conv1.apply(x), training));
      y = bn2.apply(conv2.apply(y), training);
      NDArray skip = past == null ? x : pastBn.apply(past.apply(x), training);
      return Activation.relu(y.add(skip));
    }
  }

  /**
   * Computes what each part gives: the stem before its pooling, then the four stages.
   *
   * @param x {@code [N, 3, H, W]}
   */
  List<NDArray> parts(NDArray x, boolean training) {
    List<NDArray> out = new ArrayList<>();
    NDArray y = Activation.relu(bn1.apply(conv1.apply(x), training));
    out.add(y);
    y = Pool.maxPool2d(y, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
    for (List<Block> stage : stages) {
      for (Block block : stage) {
        y = block.apply(y, training);
      }
      out.add(y);
    }
    return out;
  }

  /** Computes the last stage's output. */
  NDArray apply(NDArray x, boolean training) {
    List<NDArray> all = parts(x, training);
    return all.get(all.size() - 1);
  }
}
