package org.onecycle.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.LstmResult;
import org.onecycle.tensor.Tensor;

/**
 * Long short-term memory over sequences {@code [N, T, in]}, giving {@code [N, T, hidden]}; layers
 * lie on top of each other. Gates are in PyTorch's order i, f, g, o.
 *
 * <p>Layer k has {@code weight_ih_lk [4 hidden, in]}, {@code weight_hh_lk [4 hidden, hidden]},
 * {@code bias_ih_lk} and {@code bias_hh_lk [4 hidden]}; all start uniform within {@code 1 /
 * sqrt(hidden)}. Hochreiter and Schmidhuber 1997.
 */
public final class LSTM extends Module {
  private final int in;
  private final int hidden;
  private final List<Weights> layers = new ArrayList<>();

  private record Weights(Parameter ih, Parameter hh, Parameter biasIh, Parameter biasHh) {}

  /** Makes one layer. */
  public LSTM(int in, int hidden) {
    this(in, hidden, 1);
  }

  /**
   * Makes some layers.
   *
   * @throws IllegalArgumentException if a size is less than one
   */
  public LSTM(int in, int hidden, int numLayers) {
    if (in < 1 || hidden < 1 || numLayers < 1) {
      throw new IllegalArgumentException(
          "LSTM expects sizes of 1 or more, got %d, %d, %d".formatted(in, hidden, numLayers));
    }
    this.in = in;
    this.hidden = hidden;
    double bound = 1 / Math.sqrt(hidden);
    Initializer rule = Init.uniform(-bound, bound);
    try (Scope s = Scope.open()) {
      for (int l = 0; l < numLayers; l++) {
        layers.add(
            new Weights(
                parameter("weight_ih_l" + l, drawn(rule, 4L * hidden, l == 0 ? in : hidden)),
                parameter("weight_hh_l" + l, drawn(rule, 4L * hidden, hidden)),
                parameter("bias_ih_l" + l, drawn(rule, 4L * hidden)),
                parameter("bias_hh_l" + l, drawn(rule, 4L * hidden))));
      }
    }
  }

  private static Tensor drawn(Initializer rule, long... shape) {
    return rule.draw(Init.rng(), shape);
  }

  /** Returns the size of the last axis it takes. */
  public int inputSize() {
    return in;
  }

  /** Returns the size of the last axis it gives. */
  public int hiddenSize() {
    return hidden;
  }

  /** Returns the number of layers. */
  public int numLayers() {
    return layers.size();
  }

  /**
   * Computes the outputs.
   *
   * @param inputs {@code [N, T, in]}, and the first hidden and cell state {@code [layers, N,
   *     hidden]} unless they are zero
   */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1 && inputs.length != 3) {
      throw new IllegalArgumentException(
          "LSTM expects a sequence, or a sequence and two states, got " + inputs.length);
    }
    return inputs.length == 1
        ? run(inputs[0], null, null).output()
        : run(inputs[0], inputs[1], inputs[2]).output();
  }

  /**
   * Computes outputs and last state.
   *
   * @param x {@code [N, T, in]}
   * @param h {@code [layers, N, hidden]}, or null for zeros
   * @param c {@code [layers, N, hidden]}, or null for zeros
   * @return outputs {@code [N, T, hidden]}, states as those given
   */
  public LstmResult run(Tensor x, Tensor h, Tensor c) {
    if (x.rank() != 3 || x.size(2) != in) {
      throw new IllegalArgumentException(
          "LSTM expects [N, T, " + in + "], got " + Arrays.toString(x.shape()));
    }
    int depth = layers.size();
    Tensor[] hs = new Tensor[depth];
    Tensor[] cs = new Tensor[depth];
    Tensor y = x.transpose(0, 1);
    for (int l = 0; l < depth; l++) {
      LstmResult r =
          timeFirst(
              l,
              y,
              h == null ? zeros(x) : h.select(0, l),
              c == null ? zeros(x) : c.select(0, l),
              layers.get(l).hh.tensor());
      y = r.output();
      hs[l] = r.h();
      cs[l] = r.c();
    }
    return new LstmResult(y.transpose(0, 1), Tensor.stack(0, hs), Tensor.stack(0, cs));
  }

  private Tensor zeros(Tensor x) {
    return Tensor.full(0, x.dtype(), x.size(0), hidden);
  }

  /** Runs one layer on {@code [T, N, in]} and states {@code [N, hidden]} with these weights. */
  LstmResult timeFirst(int layer, Tensor x, Tensor h, Tensor c, Tensor hh) {
    Weights w = layers.get(layer);
    return F.lstm(x, h, c, w.ih.tensor(), hh, w.biasIh.tensor(), w.biasHh.tensor());
  }

  /** Leaves the hidden-to-hidden weight of the only layer to a wrapper, which registers it. */
  Parameter giveUpHidden() {
    return giveUp("weight_hh_l0");
  }

  @Override
  protected String extraRepr() {
    return in
        + ", "
        + hidden
        + (layers.size() == 1 ? "" : ", num_layers=" + layers.size())
        + ", batch_first=True";
  }
}
