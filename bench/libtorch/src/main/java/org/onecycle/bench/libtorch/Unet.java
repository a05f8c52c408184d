package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.bench.libtorch.Layers.Conv;
import org.onecycle.bench.libtorch.Layers.Norm;

/** The U-Net that fastai makes of a ResNet-34, for sizes that 32 divides. */
final class Unet {
  private static final int[] SKIPS = {256, 128, 64, 64};
  private static final int SCALE = 2;

  private final ResNet34 body;
  private final Norm bn;
  private final Conv middle1;
  private final Conv middle2;
  private final List<Up> ups = new ArrayList<>();
  private final Conv last;
  private final Conv cross1;
  private final Conv cross2;
  private final Conv end;

  Unet(Params p, int classes) {
    int in = ResNet34.CHANNELS;
    body = new ResNet34(p);
    bn = Norm.of(p, in);
    middle1 = conv(p, in, 2 * in);
    middle2 = conv(p, 2 * in, in);
    for (int i = 0; i < SKIPS.length; i++) {
      int joined = in / 2 + SKIPS[i];
      int out = i == SKIPS.length - 1 ? joined / 2 : joined;
      ups.add(
          new Up(
              Conv.of(p, in, in / 2 * SCALE * SCALE, 1, 1, true),
              Norm.of(p, SKIPS[i]),
              conv(p, joined, out),
              conv(p, out, out)));
      in = out;
    }
    last = Conv.of(p, in, in * SCALE * SCALE, 1, 1, true);
    in += 3;
    cross1 = conv(p, in, in);
    cross2 = conv(p, in, in);
    end = Conv.of(p, in, classes, 1, 1, true);
  }

  private static Conv conv(Params p, int in, int out) {
    return Conv.of(p, in, out, 3, 1, true);
  }

  /** Enlarges, joins a skip, two convolutions. */
  private record Up(Conv shuffle, Norm bn, Conv conv1, Conv conv2) {
    NDArray apply(NDArray x, NDArray skip) {
      NDArray up = shuffled(shuffle.relu(x));
      NDArray joined = Activation.relu(up.concat(bn.apply(skip, true), 1));
      return conv2.relu(conv1.relu(joined));
    }
  }

  /** Four channels become 2x2 pixels. */
  private static NDArray shuffled(NDArray x) {
    var s = x.getShape();
    long c = s.get(1) / (SCALE * SCALE);
    return x.reshape(s.get(0), c, SCALE, SCALE, s.get(2), s.get(3))
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(s.get(0), c, s.get(2) * SCALE, s.get(3) * SCALE);
  }

  NDArray apply(NDArray x) {
    List<NDArray> parts = body.parts(x, true);
    int skip = parts.size() - 1;
    NDArray y = Activation.relu(bn.apply(parts.get(skip), true));
    y = middle2.relu(middle1.relu(y));
    for (Up up : ups) {
      y = up.apply(y, parts.get(--skip));
    }
    y = shuffled(last.relu(y)).concat(x, 1);
    y = Activation.relu(cross2.apply(cross1.relu(y)).add(y));
    return end.apply(y);
  }
}
