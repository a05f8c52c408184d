package org.onecycle.bench.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import org.onecycle.bench.libtorch.Layers.Dense;
import org.onecycle.bench.libtorch.Layers.Norm;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;

/** Training on pictures. */
final class VisionRows {
  private static final int HEAD = 512;
  private static final double HEAD_P = .5;

  private VisionRows() {}

  static NDArray floats(NDManager manager, InputFolder in, String name) {
    return manager.create(in.floats(name), new Shape(in.shape(name)));
  }

  static NDArray longs(NDManager manager, InputFolder in, String name) {
    return manager.create(in.longs(name), new Shape(in.shape(name)));
  }

  static Work resnet(Engine engine, InputFolder in, boolean frozen) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager).frozen(frozen);
    ResNet34 body = new ResNet34(p);
    Dense fc = Dense.of(p.frozen(false), ResNet34.CHANNELS, in.size("classes"), true);
    NDArray x = floats(manager, in, "x");
    NDArray y = longs(manager, in, "y");
    return new Training(
        engine,
        p,
        x.getShape().get(0),
        step -> {
          NDArray out = body.apply(Training.in(step, x), true);
          return Layers.crossEntropy(fc.apply(Pool.globalAvgPool2d(out)), y);
        });
  }

  static Work siamese(Engine engine, InputFolder in) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager).frozen(true);
    ResNet34 encoder = new ResNet34(p);
    p.frozen(false);
    int pooled = 4 * ResNet34.CHANNELS;
    Norm bn1 = Norm.of(p, pooled);
    Dense first = Dense.of(p, pooled, HEAD, false);
    Norm bn2 = Norm.of(p, HEAD);
    Dense last = Dense.of(p, HEAD, in.size("classes"), false);
    NDArray x = floats(manager, in, "x");
    NDArray x2 = floats(manager, in, "x2");
    NDArray y = longs(manager, in, "y");
    return new Training(
        engine,
        p,
        x.getShape().get(0),
        step -> {
          NDArray a = encoder.apply(Training.in(step, x), true);
          NDArray both = a.concat(encoder.apply(Training.in(step, x2), true), 1);
          NDArray h = Pool.globalMaxPool2d(both).concat(Pool.globalAvgPool2d(both), 1);
          h = first.apply(Layers.dropout(bn1.apply(h, true), HEAD_P / 2));
          h = bn2.apply(Activation.relu(h), true);
          return Layers.crossEntropy(last.apply(Layers.dropout(h, HEAD_P)), y);
        });
  }

  static Work unet(Engine engine, InputFolder in) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager);
    Unet model = new Unet(p, in.size("classes"));
    NDArray x = floats(manager, in, "x");
    NDArray y = longs(manager, in, "y");
    return new Training(
        engine,
        p,
        x.getShape().get(0),
        step -> Layers.crossEntropy(model.apply(Training.in(step, x)), y));
  }
}
