package org.onecycle.tensor;

import org.onecycle.array.Array;

/**
 * An operation with a gradient of its own, for users.
 *
 * <pre>{@code
 * final class Cube extends Function {
 *   private Tensor x;
 *
 *   protected Tensor forward(Tensor... inputs) {
 *     x = inputs[0];
 *     return x.mul(x).mul(x);
 *   }
 *
 *   protected Tensor[] backward(Tensor gradient) {
 *     return new Tensor[] {gradient.mul(x.square().mul(3))};
 *   }
 * }
 * Tensor y = new Cube().apply(x);
 * }</pre>
 *
 * <p>An instance serves one call. Both methods run without recording gradients.
 */
public abstract class Function {
  private boolean used;

  /** Computes the result; may remember in fields what {@link #backward} needs. */
  protected abstract Tensor forward(Tensor... inputs);

  /**
   * Computes the inputs' gradients.
   *
   * @param gradient the gradient of the result
   * @return one gradient an input, null where there is none
   */
  protected abstract Tensor[] backward(Tensor gradient);

  /**
   * Runs the operation and records it.
   *
   * @throws IllegalStateException if this instance has been applied before
   */
  public final Tensor apply(Tensor... inputs) {
    if (used) {
      throw new IllegalStateException(
          getClass().getSimpleName() + " has been applied already: make a new instance a call");
    }
    used = true;
    Tensor out;
    try (NoGrad off = NoGrad.on()) {
      out = forward(inputs);
    }
    return Tape.record(
        getClass().getSimpleName(), out.value(), dy -> grads(dy, inputs.length), inputs);
  }

  private Array[] grads(Array dy, int count) {
    Tensor[] g;
    try (NoGrad off = NoGrad.on()) {
      g = backward(Tensor.of(dy));
    }
    if (g.length != count) {
      throw new IllegalStateException(
          getClass().getSimpleName()
              + ".backward expects "
              + count
              + " gradients, got "
              + g.length);
    }
    Array[] out = new Array[count];
    for (int i = 0; i < count; i++) {
      out[i] = g[i] == null ? null : g[i].value();
    }
    return out;
  }
}
