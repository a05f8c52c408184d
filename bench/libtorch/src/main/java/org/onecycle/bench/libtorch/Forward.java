package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.pooling.Pool;
import org.onecycle.bench.libtorch.Layers.Dense;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;

/** Computes what a trained network says of pictures. */
final class Forward implements Work {
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray x;
  private final NDArray y;
  private final ResNet34 body;
  private final Dense fc;

  Forward(InputFolder in) {
    Params p = new Params(manager).frozen(true);
    body = new ResNet34(p);
    fc = Dense.of(p, ResNet34.CHANNELS, in.size("classes"), true);
    p.trained().forEach(a -> a.setRequiresGradient(false));
    x = VisionRows.floats(manager, in, "x");
    y = VisionRows.longs(manager, in, "y");
  }

  @Override
  public int items() {
    return (int) x.getShape().get(0);
  }

  @Override
  public void run(Pace pace) {
    double value;
    do {
      try (NDManager step = manager.newSubManager()) {
        NDArray out = body.apply(Training.in(step, x), false);
        value = Layers.crossEntropy(fc.apply(Pool.globalAvgPool2d(out)), y).getFloat();
      }
    } while (pace.next(value));
  }
}
