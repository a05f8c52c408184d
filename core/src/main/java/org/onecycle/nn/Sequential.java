package org.onecycle.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/** Modules one after the other, named 0, 1, 2 .. unless named otherwise. */
public final class Sequential extends Module implements Iterable<Module> {
  private final List<Module> layers = new ArrayList<>();

  /** Makes a chain of the modules. */
  public Sequential(Module... modules) {
    for (Module m : modules) {
      layers.add(add(Integer.toString(layers.size()), m));
    }
  }

  /** Makes a chain of the modules. */
  public Sequential(List<? extends Module> modules) {
    this(modules.toArray(new Module[0]));
  }

  /** Makes a chain of the modules under their own names. */
  public static Sequential named(Map<String, Module> modules) {
    Sequential s = new Sequential();
    modules.forEach((name, m) -> s.layers.add(s.add(name, m)));
    return s;
  }

  /** Returns the number of modules. */
  public int size() {
    return layers.size();
  }

  /** Returns the module at a position; a negative one counts from the end. */
  public Module get(int i) {
    return layers.get(i < 0 ? i + layers.size() : i);
  }

  /**
   * Returns the modules from {@code from} to before {@code to}, shared, as a chain of their own.
   */
  public Sequential slice(int from, int to) {
    return new Sequential(layers.subList(from, to < 0 ? to + layers.size() : to));
  }

  @Override
  public Iterator<Module> iterator() {
    return List.copyOf(layers).iterator();
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    if (layers.isEmpty()) {
      return inputs[0];
    }
    int n = ConvNormAct.length(layers, 0);
    Tensor x = ConvNormAct.run(layers, 0, n, inputs);
    boolean frees = !NoGrad.gradEnabled() && layers.stream().noneMatch(Module::hasHooks);
    boolean mine = owned(x, inputs);
    for (int i = n; i < layers.size(); i += n) {
      n = ConvNormAct.length(layers, i);
      Tensor y = ConvNormAct.run(layers, i, n, x);
      boolean shared = y.value().sharesStorage(x.value());
      if (frees && mine && !shared && x.value().inScope()) {
        // Without a graph nobody will read the step between two layers again.
        x.value().release();
      }
      mine = shared ? mine : owned(y, inputs);
      x = y;
    }
    return x;
  }

  private static boolean owned(Tensor x, Tensor... inputs) {
    for (Tensor in : inputs) {
      if (x.value().sharesStorage(in.value())) {
        return false;
      }
    }
    return true;
  }
}
