package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** A network's parameters; those that train are remembered. */
final class Params {
  private final NDManager manager;
  private final List<NDArray> trained = new ArrayList<>();
  private boolean frozen;

  Params(NDManager manager) {
    this.manager = manager;
  }

  NDManager manager() {
    return manager;
  }

  /** Whether parameters that are made from now on do not train, but for norms'. */
  Params frozen(boolean value) {
    frozen = value;
    return this;
  }

  List<NDArray> trained() {
    return trained;
  }

  NDArray normal(double std, long... shape) {
    return keep(manager.randomNormal(0, (float) std, new Shape(shape), DataType.FLOAT32), !frozen);
  }

  NDArray uniform(double range, long... shape) {
    float r = (float) range;
    return keep(manager.randomUniform(-r, r, new Shape(shape), DataType.FLOAT32), !frozen);
  }

  /** Returns weight and bias of a norm, which train in frozen parts too. */
  NDArray norm(double value, long channels) {
    return keep(constant(value, channels), true);
  }

  NDArray zeros(long... shape) {
    return keep(manager.zeros(new Shape(shape)), !frozen);
  }

  /** Returns numbers that never train. */
  NDArray constant(double value, long... shape) {
    return manager.zeros(new Shape(shape)).addi(value);
  }

  private NDArray keep(NDArray array, boolean trains) {
    if (trains) {
      array.setRequiresGradient(true);
      trained.add(array);
    }
    return array;
  }
}
