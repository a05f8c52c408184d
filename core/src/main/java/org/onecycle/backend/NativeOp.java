package org.onecycle.backend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.onecycle.array.Array;

/**
 * One of libnd4j's operations by name, bound to a context that is used again.
 *
 * <p>{@code Nd4j.exec(CustomOp)} makes a native context a call, which only the garbage collector
 * frees: here every thread keeps one for each operation and argument list.
 */
final class NativeOp {
  private static final int MAX_CACHED = 2048;
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};
  private static final boolean[] NO_BOOLEANS = {};

  private static final ThreadLocal<Map<NativeOp, Bound>> CACHE =
      ThreadLocal.withInitial(HashMap::new);

  private record Bound(DynamicCustomOp op, OpContext context) {}

  private final String name;
  private final long[] ints;
  private final double[] doubles;
  private final boolean[] booleans;
  private final int hash;

  private NativeOp(String name, long[] ints, double[] doubles, boolean[] booleans) {
    this.name = name;
    this.ints = ints;
    this.doubles = doubles;
    this.booleans = booleans;
    int h = name.hashCode();
    h = 31 * h + Arrays.hashCode(ints);
    h = 31 * h + Arrays.hashCode(doubles);
    this.hash = 31 * h + Arrays.hashCode(booleans);
  }

  static NativeOp of(String name) {
    return new NativeOp(name, NO_LONGS, NO_DOUBLES, NO_BOOLEANS);
  }

  static NativeOp of(String name, long... ints) {
    return new NativeOp(name, ints, NO_DOUBLES, NO_BOOLEANS);
  }

  NativeOp doubles(double... values) {
    return new NativeOp(name, ints, values, booleans);
  }

  NativeOp booleans(boolean... values) {
    return new NativeOp(name, ints, doubles, values);
  }

  /** Runs with one output. */
  Array run(Array output, Array... inputs) {
    run(new Array[] {output}, inputs);
    return output;
  }

  /** Runs on arrays; the outputs have been allocated with the right shape. */
  void run(Array[] outputs, Array... inputs) {
    INDArray[] in = new INDArray[inputs.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = inputs[i].nd();
    }
    INDArray[] out = new INDArray[outputs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = outputs[i].nd();
    }
    run(out, in);
  }

  /** Runs on ND4J views, which may have any strides. */
  void run(INDArray[] outputs, INDArray... inputs) {
    Map<NativeOp, Bound> cache = CACHE.get();
    Bound bound = cache.get(this);
    if (bound == null) {
      if (cache.size() >= MAX_CACHED) {
        cache.clear();
      }
      bound = bind();
      cache.put(this, bound);
    }
    OpContext c = bound.context;
    try {
      c.setInputArrays(inputs);
      c.setOutputArrays(outputs);
      Nd4j.exec(bound.op, c);
    } finally {
      c.purge();
    }
  }

  private Bound bind() {
    OpContext c = Nd4j.getExecutioner().buildContext();
    c.setIArguments(ints);
    c.setTArguments(doubles);
    c.setBArguments(booleans);
    return new Bound(DynamicCustomOp.builder(name).build(), c);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NativeOp n
        && hash == n.hash
        && name.equals(n.name)
        && Arrays.equals(ints, n.ints)
        && Arrays.equals(doubles, n.doubles)
        && Arrays.equals(booleans, n.booleans);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(ints) + Arrays.toString(doubles) + Arrays.toString(booleans);
  }
}
