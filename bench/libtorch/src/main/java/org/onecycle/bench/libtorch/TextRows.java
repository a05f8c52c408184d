package org.onecycle.bench.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;

/** Training on words. */
final class TextRows {
  private TextRows() {}

  /** fastai's language model, or the same LSTMs without dropouts, regularisation and state. */
  static Work languageModel(Engine engine, InputFolder in, boolean awd) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager);
    double[] dropouts = awd ? in.fractionsOf("dropouts") : new double[5];
    double[] weights = in.fractionsOf("regularization");
    Encoder encoder = new Encoder(p, in, dropouts);
    NDArray bias = p.zeros(in.size("vocab"));
    NDArray x = VisionRows.longs(manager, in, "x");
    NDArray y = VisionRows.longs(manager, in, "y").flatten();
    return new Training(
        engine,
        p,
        y.size(),
        step -> {
          if (!awd) {
            encoder.reset();
          }
          NDArray raw = encoder.apply(step, Training.in(step, x));
          NDArray dropped = encoder.overTime(step, raw, dropouts[0]);
          NDArray logits = Linear.linear(dropped, encoder.embedding(), bias).singletonOrThrow();
          NDArray loss =
              Layers.crossEntropy(logits.reshape(new Shape(y.size(), in.size("vocab"))), y);
          return awd ? loss.add(regularization(dropped, raw, weights)) : loss;
        });
  }

  private static NDArray regularization(NDArray dropped, NDArray raw, double... weights) {
    NDArray changes = raw.get(":, 1:").sub(raw.get(":, :-1"));
    return dropped
        .square()
        .mean()
        .mul((float) weights[0])
        .add(changes.square().mean().mul((float) weights[1]));
  }

  /** fastai's classifier of texts. */
  static Work classifier(Engine engine, InputFolder in) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager);
    double[] weights = in.fractionsOf("regularization");
    Encoder encoder = new Encoder(p, in, in.fractionsOf("dropouts"));
    Chunks chunks = new Chunks(manager, in);
    PoolHead head = new PoolHead(p, in);
    NDArray x = VisionRows.longs(manager, in, "x");
    NDArray y = VisionRows.longs(manager, in, "y");
    return new Training(
        engine,
        p,
        y.size(),
        step -> {
          NDArray out = chunks.encode(step, encoder, Training.in(step, x));
          NDArray loss = Layers.crossEntropy(head.apply(chunks.pool(step, out)), y);
          return loss.add(regularization(out, out, weights));
        });
  }
}
