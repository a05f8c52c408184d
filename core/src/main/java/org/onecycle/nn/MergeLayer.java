package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** Adds what entered the {@link SequentialEx} around, or puts its channels behind the others. */
public final class MergeLayer extends Module implements SeesOriginal {
  private final boolean dense;

  /** Makes a layer that adds. */
  public MergeLayer() {
    this(false);
  }

  /**
   * Makes a layer.
   *
   * @param dense whether channels are put side by side instead of added
   */
  public MergeLayer(boolean dense) {
    this.dense = dense;
  }

  /** Merges {@code x} and the original. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 2) {
      throw new IllegalArgumentException(
          "MergeLayer expects a tensor and the original, got " + inputs.length);
    }
    return dense ? Tensor.cat(1, inputs[0], inputs[1]) : inputs[0].add(inputs[1]);
  }

  @Override
  protected String extraRepr() {
    return dense ? "dense=True" : "";
  }
}
