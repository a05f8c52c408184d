package org.onecycle.bench.ours;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.LSTM;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Tensor;

/** An embedding, LSTMs and a decoder with the embedding's weight; no dropouts, no state kept. */
final class PlainLstm extends Module {
  private final Embedding embedding;
  private final List<LSTM> layers = new ArrayList<>();
  private final Linear decoder;

  PlainLstm(InputFolder in) {
    int emb = in.size("emb");
    int hidden = in.size("hidden");
    int depth = in.size("layers");
    embedding = add("embedding", new Embedding(in.size("vocab"), emb));
    for (int l = 0; l < depth; l++) {
      layers.add(new LSTM(l == 0 ? emb : hidden, l == depth - 1 ? emb : hidden));
    }
    add("layers", new Sequential(layers));
    decoder = add("decoder", new Linear(embedding.weight(), true));
  }

  @Override
  public Tensor forward(Tensor... words) {
    Tensor x = embedding.call(words[0]);
    for (LSTM layer : layers) {
      x = layer.call(x);
    }
    return decoder.call(x);
  }
}
