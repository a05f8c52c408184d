package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.onecycle.bench.libtorch.Layers.Dense;
import org.onecycle.bench.libtorch.Layers.Norm;
import org.onecycle.bench.work.InputFolder;

/** The head of fastai's text classifier. */
final class PoolHead {
  private static final int HIDDEN = 50;

  private final double firstP;
  private final double lastP;
  private final Norm bn1;
  private final Dense first;
  private final Norm bn2;
  private final Dense last;

  PoolHead(Params p, InputFolder in) {
    int size = 3 * in.size("emb");
    firstP = in.fractionsOf("dropouts")[0];
    lastP = in.fractionsOf("head_dropouts")[0];
    bn1 = Norm.of(p, size);
    first = Dense.of(p, size, HIDDEN, false);
    bn2 = Norm.of(p, HIDDEN);
    last = Dense.of(p, HIDDEN, in.size("classes"), false);
  }

  NDArray apply(NDArray x) {
    NDArray h = first.apply(Layers.dropout(bn1.apply(x, true), firstP));
    h = bn2.apply(Activation.relu(h), true);
    return last.apply(Layers.dropout(h, lastP));
  }
}
