package org.onecycle.backend;

import java.util.List;
import org.onecycle.array.Array;

/** Recurrent layers over whole sequences. */
public interface RnnKernels {
  /**
   * The weights of an LSTM, gates in PyTorch's order: input, forget, cell, output.
   *
   * @param ih {@code [4H, in]}
   * @param hh {@code [4H, H]}
   * @param biasIh {@code [4H]}
   * @param biasHh {@code [4H]}
   */
  record LstmWeights(Array ih, Array hh, Array biasIh, Array biasHh) {}

  /**
   * What an LSTM has computed.
   *
   * @param steps {@code [T + 2, N, H]}: the first hidden state, the outputs of the T steps, and the
   *     last cell state
   * @param workspace what the gradient needs besides; empty if none was wanted
   */
  record LstmRun(Array steps, List<Array> workspace) {}

  /**
   * Gradients of an LSTM; the two biases have the same one.
   *
   * @param x {@code [T, N, in]}, or null if not wanted
   */
  record LstmGrads(Array x, Array h0, Array c0, Array ih, Array hh, Array bias) {}

  /**
   * Runs an LSTM over time: {@code z = x W_ih^T + b_ih + h W_hh^T + b_hh} in four parts, {@code c'
   * = sigmoid(z_f) c + sigmoid(z_i) tanh(z_g)}, {@code h' = sigmoid(z_o) tanh(c')}. The first state
   * is copied: it may change before the gradient is asked for.
   *
   * @param x {@code [T, N, in]}
   * @param h0 {@code [N, H]}
   * @param c0 {@code [N, H]}
   * @param forGrad whether {@link #lstmGrad} will follow
   */
  LstmRun lstm(Array x, Array h0, Array c0, LstmWeights w, boolean forGrad);

  /**
   * Returns the gradients of {@link #lstm}.
   *
   * @param dSteps {@code [T + 2, N, H]}; the first {@code [N, H]} is not looked at
   * @param wantX whether the gradient of x is wanted
   */
  LstmGrads lstmGrad(Array dSteps, Array x, LstmWeights w, LstmRun run, boolean wantX);
}
