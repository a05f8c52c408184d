package org.onecycle.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;

/**
 * What an optimiser remembers about one parameter: averages by name, the number of steps, and two
 * flags. The averages live outside of scopes.
 */
public final class ParamState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private long step;
  private boolean doWd = true;
  private boolean forceTrain;

  ParamState() {}

  /** Returns whether weight decay applies; true unless changed. */
  public boolean doWd() {
    return doWd;
  }

  /** Switches weight decay on or off for this parameter. */
  public void doWd(boolean on) {
    doWd = on;
  }

  /** Returns whether the parameter trains in frozen groups too; false unless changed. */
  public boolean forceTrain() {
    return forceTrain;
  }

  /** Lets the parameter train in frozen groups too; counts from the next freezing on. */
  public void forceTrain(boolean on) {
    forceTrain = on;
  }

  /** Returns the number of steps that have changed the parameter. */
  public long step() {
    return step;
  }

  void step(long count) {
    step = count;
  }

  /** Returns the remembered tensors by name; shared. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Returns a tensor of the parameter's shape, made of zeros when it is first asked for. */
  public Tensor zeros(String name, Parameter p) {
    Tensor known = fitting(name, p);
    if (known != null) {
      return known;
    }
    Array a = Array.detached(p.tensor().dtype(), p.shape());
    Backends.current().elementwise().fill(a, 0);
    return put(name, Tensor.of(a));
  }

  /** Returns a tensor that starts as a copy of the parameter when it is first asked for. */
  public Tensor copyOf(String name, Parameter p) {
    Tensor known = fitting(name, p);
    return known != null ? known : put(name, outside(p.tensor()));
  }

  /** Returns what is remembered, in the parameter's type, which may have been converted since. */
  private Tensor fitting(String name, Parameter p) {
    Tensor known = tensors.get(name);
    if (known == null || known.dtype() == p.tensor().dtype()) {
      return known;
    }
    try (Scope s = Scope.open()) {
      return put(name, outside(known.to(p.tensor().dtype())));
    }
  }

  Tensor put(String name, Tensor tensor) {
    tensors.put(name, tensor);
    return tensor;
  }

  static Tensor outside(Tensor t) {
    try (Scope out = Scope.outside()) {
      return t.detach().copy();
    }
  }

  /** Forgets averages and steps, but not the flags. */
  void clear() {
    tensors.clear();
    step = 0;
  }

  @Override
  public String toString() {
    return "step "
        + step
        + (doWd ? "" : ", no weight decay")
        + (forceTrain ? ", trains when frozen" : "")
        + (tensors.isEmpty() ? "" : ", " + Arrays.toString(tensors.keySet().toArray()));
  }
}
