package org.onecycle.nn;

import java.util.Arrays;
import org.onecycle.tensor.Tensor;

/**
 * Applies a module to each step of sequences: from {@code [N, T, ...]} to {@code [N, T, ...]}, the
 * same module for every step (fastai's {@code TimeDistributed}).
 */
public final class TimeDistributed extends Module {
  private final Module module;
  private final boolean lowMem;

  /** Makes all steps one large batch. */
  public TimeDistributed(Module module) {
    this(module, false);
  }

  /**
   * Wraps a module.
   *
   * @param lowMem whether steps run one after the other, so that less memory is needed at a time;
   *     batch norm then sees one step at a time
   */
  public TimeDistributed(Module module, boolean lowMem) {
    this.module = add("module", module);
    this.lowMem = lowMem;
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    for (Tensor x : inputs) {
      if (x.rank() < 2 || x.size(0) != inputs[0].size(0) || x.size(1) != inputs[0].size(1)) {
        throw new IllegalArgumentException(
            "TimeDistributed expects inputs [N, T, ...] of the same N and T, got "
                + Arrays.stream(inputs).map(t -> Arrays.toString(t.shape())).toList());
      }
    }
    return lowMem ? oneByOne(inputs) : together(inputs);
  }

  private Tensor together(Tensor... inputs) {
    long n = inputs[0].size(0);
    long steps = inputs[0].size(1);
    Tensor[] flat =
        Arrays.stream(inputs)
            .map(x -> x.reshape(joined(x.shape(), 2, n * steps)))
            .toArray(Tensor[]::new);
    Tensor out = module.call(flat);
    return out.reshape(joined(out.shape(), 1, n, steps));
  }

  /** These first axes, and the others of a shape after its first {@code from}. */
  private static long[] joined(long[] shape, int from, long... first) {
    long[] out = Arrays.copyOf(first, first.length + shape.length - from);
    System.arraycopy(shape, from, out, first.length, shape.length - from);
    return out;
  }

  private Tensor oneByOne(Tensor... inputs) {
    Tensor[] outs = new Tensor[(int) inputs[0].size(1)];
    for (int t = 0; t < outs.length; t++) {
      int step = t;
      outs[t] =
          module.call(Arrays.stream(inputs).map(x -> x.select(1, step)).toArray(Tensor[]::new));
    }
    return Tensor.stack(1, outs);
  }
}
