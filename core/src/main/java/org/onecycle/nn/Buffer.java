package org.onecycle.nn;

import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;

/** A tensor that belongs to a module's state but is not trained, such as a running mean. */
public final class Buffer {
  private Tensor tensor;

  Buffer(Tensor initial) {
    tensor = Parameter.outside(initial);
  }

  /** Returns the values; shared. */
  public Tensor tensor() {
    return tensor;
  }

  /** Copies values into the buffer, converting their type. */
  public void assign(Tensor values) {
    Parameter.assign(tensor, values);
  }

  void to(DType dtype) {
    if (tensor.dtype().isFloating()) {
      try (Scope s = Scope.open()) {
        tensor = Parameter.outside(tensor.to(dtype));
      }
    }
  }
}
