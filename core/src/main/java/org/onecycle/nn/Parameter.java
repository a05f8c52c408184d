package org.onecycle.nn;

import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;
import org.onecycle.tensor.Tensor;

/**
 * A tensor that training changes: it lives outside of scopes, as long as its module does.
 *
 * <p>A module's constructor makes its parameters with {@link Module#parameter}; optimisers change
 * their values in place.
 */
public final class Parameter {
  private Tensor tensor;

  Parameter(Tensor initial) {
    tensor = outside(initial).requiresGrad(true);
  }

  static Tensor outside(Tensor t) {
    try (Scope out = Scope.outside()) {
      return t.copy();
    }
  }

  /** Returns the values, as a leaf of the graph; shared. */
  public Tensor tensor() {
    return tensor;
  }

  /** Returns the gradient, or null if there is none. */
  public Tensor grad() {
    return tensor.grad();
  }

  /** Forgets the gradient. */
  public void zeroGrad() {
    tensor.zeroGrad();
  }

  /** Returns the shape. */
  public long[] shape() {
    return tensor.shape();
  }

  /** Returns the number of elements. */
  public long numel() {
    return tensor.numel();
  }

  /** Returns whether backward passes compute a gradient here: false while frozen. */
  public boolean requiresGrad() {
    return tensor.needsGrad();
  }

  /** Freezes ({@code false}) or unfreezes the parameter. */
  public void requiresGrad(boolean wanted) {
    tensor.requiresGrad(wanted);
    if (!wanted) {
      tensor.zeroGrad();
    }
  }

  /**
   * Copies values into the parameter, converting their type.
   *
   * @throws IllegalArgumentException if the shape differs
   */
  public void assign(Tensor values) {
    assign(tensor, values);
  }

  /** Puts values of another shape in place; the gradient is gone. */
  void replace(Tensor values) {
    boolean trains = requiresGrad();
    tensor = outside(values.detach());
    tensor.requiresGrad(trains);
  }

  static void assign(Tensor target, Tensor values) {
    try (Scope s = Scope.open()) {
      Array from = values.to(target.dtype()).value();
      Backends.current().elementwise().copy(from, target.value());
    }
  }

  void to(DType dtype) {
    boolean trains = requiresGrad();
    try (Scope s = Scope.open()) {
      tensor = outside(tensor.detach().to(dtype));
    }
    tensor.requiresGrad(trains);
  }

  @Override
  public String toString() {
    return "Parameter of " + tensor;
  }
}
