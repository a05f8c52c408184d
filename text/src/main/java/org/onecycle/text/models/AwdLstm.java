package org.onecycle.text.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.EmbeddingDropout;
import org.onecycle.nn.Init;
import org.onecycle.nn.LSTM;
import org.onecycle.nn.Module;
import org.onecycle.nn.RnnDropout;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.WeightDropout;
import org.onecycle.tensor.LstmResult;
import org.onecycle.tensor.Tensor;

/**
 * An embedding and LSTMs with dropouts: from words {@code [N, T]} to outputs {@code [N, T,
 * embSize]}. Merity et al. 2017, arXiv 1708.02182.
 *
 * <p>The state goes on from call to call, without its gradient, until {@link #reset}. When a batch
 * has fewer rows than the one before, the last rows' states are dropped; when it has more, the new
 * rows start from zeros.
 */
public final class AwdLstm extends Module implements Resettable {
  private static final double EMBEDDING_RANGE = .1;

  private final AwdLstmConfig config;
  private final Embedding encoder;
  private final EmbeddingDropout encoderDropout;
  private final List<WeightDropout> rnns = new ArrayList<>();
  private final RnnDropout inputDropout;
  private final List<RnnDropout> hiddenDropouts = new ArrayList<>();
  private final Tensor[] h;
  private final Tensor[] c;

  /** Makes a model for a number of words. */
  public AwdLstm(int vocabSize, AwdLstmConfig config) {
    this.config = config;
    AwdDropouts p = config.dropouts();
    int layers = config.layers();
    h = new Tensor[layers];
    c = new Tensor[layers];
    encoder =
        add(
            "encoder",
            new Embedding(
                vocabSize,
                config.embSize(),
                Init.uniform(-EMBEDDING_RANGE, EMBEDDING_RANGE),
                config.padToken()));
    encoderDropout = add("encoder_dp", new EmbeddingDropout(encoder, p.embed()));
    for (int l = 0; l < layers; l++) {
      int in = l == 0 ? config.embSize() : config.hidden();
      rnns.add(new WeightDropout(new LSTM(in, outputs(l)), p.weight()));
      hiddenDropouts.add(new RnnDropout(p.hidden(), 0));
    }
    add("rnns", new Sequential(rnns));
    // Inside, time comes first: a step's rows then lie together.
    inputDropout = add("input_dp", new RnnDropout(p.input(), 0));
    add("hidden_dps", new Sequential(hiddenDropouts));
  }

  private int outputs(int layer) {
    return layer == config.layers() - 1 ? config.embSize() : config.hidden();
  }

  /** Returns sizes and dropouts. */
  public AwdLstmConfig config() {
    return config;
  }

  /** Returns the embedding. */
  public Embedding encoder() {
    return encoder;
  }

  /** Returns the LSTMs. */
  public List<WeightDropout> rnns() {
    return List.copyOf(rnns);
  }

  /** Returns the state of each layer, readable until the next call; empty before the first one. */
  public List<RnnState> hidden() {
    List<RnnState> out = new ArrayList<>();
    for (int l = 0; l < h.length && h[l] != null; l++) {
      out.add(new RnnState(h[l].unsqueeze(0), c[l].unsqueeze(0)));
    }
    return out;
  }

  @Override
  public void reset() {
    for (int l = 0; l < h.length; l++) {
      replace(h, l, null);
      replace(c, l, null);
    }
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1 || inputs[0].rank() != 2 || inputs[0].dtype().isFloating()) {
      throw new IllegalArgumentException(
          "AwdLstm expects word numbers [N, T], got " + Arrays.toString(inputs));
    }
    return onlyResult(() -> outputs(inputs[0]));
  }

  private Tensor outputs(Tensor words) {
    DType type = encoder.weight().tensor().dtype();
    long rows = words.size(0);
    Tensor x = inputDropout.call(encoderDropout.call(words.transpose(0, 1)));
    for (int l = 0; l < rnns.size(); l++) {
      Tensor h0 = fit(h[l], rows, outputs(l), type);
      Tensor c0 = fit(c[l], rows, outputs(l), type);
      LstmResult r = rnns.get(l).run(x, h0, c0);
      replace(h, l, r.h());
      replace(c, l, r.c());
      x = r.output();
      if (l < rnns.size() - 1) {
        x = hiddenDropouts.get(l).call(x);
      }
    }
    return x.transpose(0, 1);
  }

  private static Tensor fit(Tensor state, long rows, long size, DType type) {
    if (state == null) {
      return Tensor.full(0, type, rows, size);
    }
    Tensor s = state.to(type);
    long had = s.size(0);
    return had >= rows
        ? s.slice(0, 0, rows)
        : Tensor.cat(0, s, Tensor.full(0, type, rows - had, size));
  }

  /** States outlive the batch, so they are copied out of its scope. */
  private static void replace(Tensor[] states, int layer, Tensor next) {
    Tensor before = states[layer];
    if (next == null) {
      states[layer] = null;
    } else {
      try (Scope out = Scope.outside()) {
        states[layer] = next.copy();
      }
    }
    if (before != null) {
      before.value().release();
    }
  }
}
