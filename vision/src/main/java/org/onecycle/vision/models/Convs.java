package org.onecycle.vision.models;

import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Conv2dOptions;
import org.onecycle.nn.Init;
import org.onecycle.nn.Sequential;

/** The convolutions ResNets are made of: no bias, kaiming normal by the fan out. */
final class Convs {
  private Convs() {}

  static Conv2d conv(int in, int out, int kernel, int stride) {
    Conv2dOptions options =
        Conv2dOptions.of(stride, kernel / 2).bias(false).init(Init.kaimingNormal(Init.Fan.OUT, 0));
    return new Conv2d(in, out, kernel, options);
  }

  /** The way past a block whose output has another size; null if it has the same. */
  static Sequential downsample(int in, int out, int stride) {
    if (stride == 1 && in == out) {
      return null;
    }
    return new Sequential(conv(in, out, 1, stride), new BatchNorm2d(out));
  }
}
