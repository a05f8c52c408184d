package org.onecycle.text.models;

import org.onecycle.tensor.Tensor;

/** A model whose last recurrent outputs can be regularised; they are there after each call. */
public interface RnnOutputs {
  /** Returns the last layer's outputs {@code [N, T, C]} of the last call. */
  Tensor rawOutput();

  /** Returns the same after dropout. */
  Tensor droppedOutput();
}
