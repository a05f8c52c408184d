package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** {@code max(x, 0)} of every element. */
public final class ReLU extends Layer {
  private final boolean inPlace;

  /** Makes the layer. */
  public ReLU() {
    this(false);
  }

  /**
   * Makes the layer.
   *
   * @param inPlace whether the result may take the input's memory, as {@link F#reluInPlace} says
   */
  public ReLU(boolean inPlace) {
    this.inPlace = inPlace;
  }

  @Override
  protected Tensor compute(Tensor x) {
    return inPlace ? F.reluInPlace(x) : x.relu();
  }

  @Override
  protected String extraRepr() {
    return inPlace ? "inplace=True" : "";
  }
}
