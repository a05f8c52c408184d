package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.bench.work.InputFolder;

/**
 * Embedding and LSTMs with an AWD-LSTM's dropouts; the state goes on from call to call, without its
 * gradient.
 */
final class Encoder {
  private static final double EMBEDDING_RANGE = .1;
  private static final int GATES = 4;

  private final NDManager manager;
  private final double hiddenP;
  private final double inputP;
  private final double embedP;
  private final double weightP;
  private final NDArray embedding;
  private final List<Lstm> layers = new ArrayList<>();

  /**
   * Makes an encoder.
   *
   * @param dropouts of outputs, between layers, of the input, of words, of weights
   */
  Encoder(Params p, InputFolder in, double... dropouts) {
    manager = p.manager();
    hiddenP = dropouts[1];
    inputP = dropouts[2];
    embedP = dropouts[3];
    weightP = dropouts[4];
    int emb = in.size("emb");
    int depth = in.size("layers");
    embedding = p.uniform(EMBEDDING_RANGE, in.size("vocab"), emb);
    int before = emb;
    for (int l = 0; l < depth; l++) {
      int out = l == depth - 1 ? emb : in.size("hidden");
      layers.add(new Lstm(p, before, out));
      before = out;
    }
  }

  /** A layer and its state. */
  private static final class Lstm {
    final NDArray ih;
    final NDArray hh;
    final NDArray biasIh;
    final NDArray biasHh;
    final int size;
    NDList state;

    Lstm(Params p, int in, int out) {
      double range = 1 / Math.sqrt(out);
      ih = p.uniform(range, (long) GATES * out, in);
      hh = p.uniform(range, (long) GATES * out, out);
      biasIh = p.uniform(range, (long) GATES * out);
      biasHh = p.uniform(range, (long) GATES * out);
      size = out;
    }

    void reset() {
      if (state != null) {
        state.close();
        state = null;
      }
    }
  }

  NDArray embedding() {
    return embedding;
  }

  void reset() {
    layers.forEach(Lstm::reset);
  }

  /** Drops the same elements at all time steps of {@code [N, T, C]}. */
  NDArray overTime(NDManager step, NDArray x, double p) {
    Shape s = x.getShape();
    return p == 0 ? x : x.mul(Layers.mask(step, p, s.get(0), 1, s.get(2)));
  }

  /**
   * Computes outputs {@code [N, T, emb]} of words {@code [N, T]}.
   *
   * @param words that belong to the step
   */
  NDArray apply(NDManager step, NDArray words) {
    long n = words.getShape().get(0);
    NDArray table =
        embedP == 0
            ? embedding
            : Layers.mask(step, embedP, embedding.getShape().get(0), 1).mul(embedding);
    NDArray x = Embedding.embedding(words, table, SparseFormat.DENSE).singletonOrThrow();
    x = overTime(step, x, inputP);
    for (int l = 0; l < layers.size(); l++) {
      Lstm layer = layers.get(l);
      NDArray hh =
          weightP == 0
              ? layer.hh
              : Layers.mask(step, weightP, layer.hh.getShape().getShape()).mul(layer.hh);
      NDList weights = new NDList(layer.ih, hh, layer.biasIh, layer.biasHh);
      NDList out =
          x.getNDArrayInternal()
              .lstm(x, state(step, layer, n), weights, true, 1, 0, true, false, true);
      keep(layer, out.get(1), out.get(2));
      x = out.get(0);
      if (l < layers.size() - 1) {
        x = overTime(step, x, hiddenP);
      }
    }
    return x;
  }

  /** A state for n rows: the last are dropped, new ones start from zeros. */
  private static NDList state(NDManager step, Lstm layer, long n) {
    NDList out = new NDList();
    for (int i = 0; i < 2; i++) {
      if (layer.state == null) {
        out.add(step.zeros(new Shape(1, n, layer.size)));
        continue;
      }
      NDArray s = Training.in(step, layer.state.get(i));
      long had = s.getShape().get(1);
      if (had > n) {
        s = s.get(":, :" + n);
      } else if (had < n) {
        s = s.concat(step.zeros(new Shape(1, n - had, layer.size)), 1);
      }
      out.add(s);
    }
    return out;
  }

  private void keep(Lstm layer, NDArray h, NDArray c) {
    layer.reset();
    layer.state = new NDList(h.stopGradient(), c.stopGradient());
    layer.state.attach(manager);
  }
}
