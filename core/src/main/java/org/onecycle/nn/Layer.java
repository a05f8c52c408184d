package org.onecycle.nn;

import java.util.Arrays;
import org.onecycle.tensor.Tensor;

/** A module that takes exactly one tensor. */
public abstract class Layer extends Module {
  /** Makes a layer without parameters. */
  protected Layer() {}

  /** Computes the output for the one input. */
  protected abstract Tensor compute(Tensor x);

  @Override
  public final Tensor forward(Tensor... inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException(kind() + " expects one input, got " + inputs.length);
    }
    return compute(inputs[0]);
  }

  /**
   * Refuses an input of the wrong shape.
   *
   * @param fits whether the shape is right
   * @param expected the shape in words, for example {@code [N, 3, H, W]}
   */
  protected final void expect(boolean fits, String expected, Tensor x) {
    if (!fits) {
      throw new IllegalArgumentException(
          kind() + " expects " + expected + ", got " + Arrays.toString(x.shape()));
    }
  }
}
