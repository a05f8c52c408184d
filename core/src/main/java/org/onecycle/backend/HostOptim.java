package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.Array;

/**
 * {@link OptimKernels} in one pass over host memory for all parameters of a call, where separate
 * operations would stream through it a dozen times. What is not FLOAT or does not lie in host
 * memory is handed down.
 */
final class HostOptim implements OptimKernels {
  private final OptimKernels other;

  HostOptim(OptimKernels other) {
    this.other = other;
  }

  @Override
  public void step(List<Update> updates) {
    List<HostPass> passes = new ArrayList<>(updates.size());
    List<OptimLoops.Scaled> scaled = new ArrayList<>();
    List<Update> rest = new ArrayList<>();
    for (Update u : updates) {
      // What is written comes first.
      FloatBuffer[] x = memory(u.param(), u.square(), u.mean(), u.grad());
      if (x == null) {
        rest.add(u);
      } else if (u.rule() instanceof Adaptive a && a.largest() > 0) {
        OptimLoops.Scaled s = new OptimLoops.Scaled(a, x);
        scaled.add(s);
        passes.add(s.first());
      } else {
        passes.add(pass(u, x));
      }
    }
    HostPass.run(passes);
    HostPass.run(scaled.stream().map(OptimLoops.Scaled::second).toList());
    if (!rest.isEmpty()) {
      other.step(rest);
    }
  }

  private static HostPass pass(Update u, FloatBuffer[] x) {
    return new HostPass(
        OptimLoops.of(u.rule(), u.mean() != null), u.grad() == null ? x.length : x.length - 1, x);
  }

  @Override
  public double squares(List<Array> arrays) {
    List<HostPass> passes = new ArrayList<>(arrays.size());
    List<double[]> sums = new ArrayList<>(arrays.size());
    double sum = 0;
    for (Array a : arrays) {
      FloatBuffer[] x = memory(a);
      if (x == null) {
        sum += other.squares(List.of(a));
      } else {
        double[] parts = new double[HostPass.parts(x[0].capacity())];
        sums.add(parts);
        passes.add(new HostPass((c, n, part) -> parts[part] += OptimLoops.squares(c[0], n), 0, x));
      }
    }
    HostPass.run(passes);
    for (double[] parts : sums) {
      sum += Arrays.stream(parts).sum();
    }
    return sum;
  }

  @Override
  public void scale(List<Array> arrays, double factor) {
    float f = (float) factor;
    List<HostPass> passes = new ArrayList<>(arrays.size());
    for (Array a : arrays) {
      FloatBuffer[] x = memory(a);
      if (x == null) {
        other.scale(List.of(a), factor);
      } else {
        passes.add(new HostPass((c, n, part) -> OptimLoops.scale(c[0], n, f), 1, x));
      }
    }
    HostPass.run(passes);
  }

  /** Returns the memory of those arrays that are there; null if one is not FLOAT or elsewhere. */
  private static FloatBuffer[] memory(Array... arrays) {
    FloatBuffer[] out = new FloatBuffer[arrays.length];
    int n = 0;
    for (Array a : arrays) {
      FloatBuffer floats = a == null ? null : a.floats();
      if (a != null && floats == null) {
        return null;
      }
      if (a != null) {
        out[n++] = floats;
      }
    }
    return Arrays.copyOf(out, n);
  }
}
