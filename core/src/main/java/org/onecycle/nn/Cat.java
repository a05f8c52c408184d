package org.onecycle.nn;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.tensor.Tensor;

/** Runs modules side by side on one input and joins their channels; children {@code layers.i}. */
public final class Cat extends Layer {
  private final Sequential layers;

  /** Makes a layer of the modules. */
  public Cat(Module... modules) {
    if (modules.length == 0) {
      throw new IllegalArgumentException("Cat expects at least one module");
    }
    layers = add("layers", new Sequential(modules));
  }

  @Override
  protected Tensor compute(Tensor x) {
    List<Tensor> all = new ArrayList<>();
    layers.forEach(m -> all.add(m.call(x)));
    return Tensor.cat(1, all.toArray(new Tensor[0]));
  }
}
