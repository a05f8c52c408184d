package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/**
 * Modules one after the other, named {@code layers.0}, {@code layers.1} ..; those that are {@link
 * SeesOriginal} also get what entered the chain.
 *
 * <pre>{@code
 * // x + conv2(conv1(x))
 * new SequentialEx(conv1, conv2, new MergeLayer())
 * }</pre>
 */
public final class SequentialEx extends Layer {
  private final Sequential layers;

  /** Makes a chain of the modules. */
  public SequentialEx(Module... modules) {
    layers = add("layers", new Sequential(modules));
  }

  /** Returns the module at a position; a negative one counts from the end. */
  public Module get(int i) {
    return layers.get(i);
  }

  @Override
  protected Tensor compute(Tensor x) {
    Tensor y = x;
    for (Module m : layers) {
      y = m instanceof SeesOriginal ? m.call(y, x) : m.call(y);
    }
    return y;
  }
}
