package org.onecycle.text.models;

import org.onecycle.nn.Init;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.RnnDropout;
import org.onecycle.tensor.Tensor;

/**
 * Predicts the next word from a recurrent model's outputs: {@code [N, T, embSize]} to {@code [N, T,
 * words]}.
 */
public final class LinearDecoder extends Layer {
  private static final double RANGE = .1;

  private final Linear decoder;
  private final RnnDropout outputDropout;
  private Tensor dropped;

  /** Makes a decoder with a weight of its own. */
  public LinearDecoder(int words, int embSize, double outputP, boolean bias) {
    this(new Linear(embSize, words, bias), outputP);
    Init.uniform(-RANGE, RANGE).apply(decoder.weight(), Init.rng());
    if (bias) {
      Init.constant(0).apply(decoder.bias(), Init.rng());
    }
  }

  /**
   * Makes a decoder whose weight is an embedding's. Press and Wolf 2017, arXiv 1608.05859.
   *
   * @param tied {@code [words, embSize]}
   */
  public LinearDecoder(Parameter tied, double outputP, boolean bias) {
    this(new Linear(tied, bias), outputP);
  }

  private LinearDecoder(Linear linear, double outputP) {
    decoder = add("decoder", linear);
    outputDropout = add("output_dp", new RnnDropout(outputP));
  }

  /** Returns the linear layer. */
  public Linear decoder() {
    return decoder;
  }

  /** Returns what the last call has decoded: its input after dropout. */
  public Tensor droppedOutput() {
    return dropped;
  }

  @Override
  protected Tensor compute(Tensor x) {
    dropped = outputDropout.call(x);
    return decoder.call(dropped);
  }
}
