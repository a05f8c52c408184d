package org.onecycle.backend;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;

/**
 * {@link OptimKernels} in one pass over host memory.
 *
 * <p>Chunks that fit the first-level cache are copied into Java arrays, where the compiler turns
 * the loops into vector instructions, and back: main memory is read and written once, where
 * separate operations would stream through it a dozen times. Large parameters are shared out among
 * threads; every element is computed the same way whoever does it. What does not lie in host
 * memory, or is BFLOAT16, is handed down.
 */
final class HostOptim implements OptimKernels {
  private static final int CHUNK = 2048;
  private static final int TASK = 1 << 17;

  private final OptimKernels other;

  HostOptim(OptimKernels other) {
    this.other = other;
  }

  @Override
  public void sgdStep(Array param, Array grad, Array avg, Sgd by) {
    Array[] arrays = avg == null ? new Array[] {param, grad} : new Array[] {param, grad, avg};
    if (onHost(arrays, DType.FLOAT)) {
      float lr = (float) by.lr();
      float mom = (float) by.mom();
      float shrink = (float) by.shrink();
      float l2 = (float) by.l2();
      floats(
          arrays,
          (x, n) -> {
            if (avg == null) {
              sgd(x[0], x[1], n, lr, shrink, l2);
            } else {
              sgd(x[0], x[1], x[2], n, lr, mom, shrink, l2);
            }
          });
    } else if (onHost(arrays, DType.DOUBLE)) {
      doubles(
          arrays,
          (x, n) -> {
            if (avg == null) {
              sgd(x[0], x[1], n, by);
            } else {
              sgd(x[0], x[1], x[2], n, by);
            }
          });
    } else {
      other.sgdStep(param, grad, avg, by);
    }
  }

  @Override
  public void adamStep(Array param, Array grad, Array m, Array v, Adam by) {
    Array[] arrays = {param, grad, m, v};
    double lr = by.debiasedLr();
    double root = by.rootFactor();
    if (onHost(arrays, DType.FLOAT)) {
      floats(arrays, (x, n) -> adam(x, n, by, (float) lr, (float) root));
    } else if (onHost(arrays, DType.DOUBLE)) {
      doubles(arrays, (x, n) -> adam(x, n, by, lr, root));
    } else {
      other.adamStep(param, grad, m, v, by);
    }
  }

  // ---- the loops

  private static void sgd(float[] p, float[] g, int n, float lr, float shrink, float l2) {
    for (int i = 0; i < n; i++) {
      float w = p[i] * shrink;
      p[i] = w - lr * (g[i] + l2 * w);
    }
  }

  private static void sgd(
      float[] p, float[] g, float[] avg, int n, float lr, float mom, float shrink, float l2) {
    for (int i = 0; i < n; i++) {
      float w = p[i] * shrink;
      float a = mom * avg[i] + (g[i] + l2 * w);
      avg[i] = a;
      p[i] = w - lr * a;
    }
  }

  private static void sgd(double[] p, double[] g, int n, Sgd by) {
    for (int i = 0; i < n; i++) {
      double w = p[i] * by.shrink();
      p[i] = w - by.lr() * (g[i] + by.l2() * w);
    }
  }

  private static void sgd(double[] p, double[] g, double[] avg, int n, Sgd by) {
    for (int i = 0; i < n; i++) {
      double w = p[i] * by.shrink();
      double a = by.mom() * avg[i] + (g[i] + by.l2() * w);
      avg[i] = a;
      p[i] = w - by.lr() * a;
    }
  }

  private static void adam(float[][] x, int n, Adam by, float lr, float root) {
    float[] p = x[0];
    float[] g = x[1];
    float[] m = x[2];
    float[] v = x[3];
    float b1 = (float) by.mom();
    float b2 = (float) by.sqrMom();
    float c1 = (float) (1 - by.mom());
    float c2 = (float) (1 - by.sqrMom());
    float eps = (float) by.eps();
    float shrink = (float) by.shrink();
    float l2 = (float) by.l2();
    for (int i = 0; i < n; i++) {
      float w = p[i] * shrink;
      float d = g[i] + l2 * w;
      float a = b1 * m[i] + c1 * d;
      float s = b2 * v[i] + c2 * (d * d);
      m[i] = a;
      v[i] = s;
      p[i] = w - lr * (a / ((float) Math.sqrt(s) * root + eps));
    }
  }

  private static void adam(double[][] x, int n, Adam by, double lr, double root) {
    double[] p = x[0];
    double[] g = x[1];
    double[] m = x[2];
    double[] v = x[3];
    for (int i = 0; i < n; i++) {
      double w = p[i] * by.shrink();
      double d = g[i] + by.l2() * w;
      double a = by.mom() * m[i] + (1 - by.mom()) * d;
      double s = by.sqrMom() * v[i] + (1 - by.sqrMom()) * (d * d);
      m[i] = a;
      v[i] = s;
      p[i] = w - lr * (a / (Math.sqrt(s) * root + by.eps()));
    }
  }

  // ---- chunks

  private interface FloatLoop {
    void run(float[][] x, int n);
  }

  private interface DoubleLoop {
    void run(double[][] x, int n);
  }

  private static boolean onHost(Array[] arrays, DType dtype) {
    for (Array a : arrays) {
      if (a.dtype() != dtype || !a.plain().isHost()) {
        return false;
      }
    }
    return true;
  }

  /** Runs the loop on all chunks; the second array is only read. */
  private static void floats(Array[] arrays, FloatLoop loop) {
    tasks(
        arrays[0].numel(),
        (from, to) -> {
          FloatPointer[] at = new FloatPointer[arrays.length];
          float[][] x = new float[arrays.length][(int) Math.min(CHUNK, to - from)];
          for (int k = 0; k < at.length; k++) {
            at[k] = new FloatPointer(arrays[k].pointer());
          }
          for (long i = from; i < to; i += CHUNK) {
            int n = (int) Math.min(CHUNK, to - i);
            for (int k = 0; k < at.length; k++) {
              at[k].position(i).get(x[k], 0, n);
            }
            loop.run(x, n);
            for (int k = 0; k < at.length; k++) {
              if (k != 1) {
                at[k].put(x[k], 0, n);
              }
            }
          }
        });
  }

  private static void doubles(Array[] arrays, DoubleLoop loop) {
    tasks(
        arrays[0].numel(),
        (from, to) -> {
          DoublePointer[] at = new DoublePointer[arrays.length];
          double[][] x = new double[arrays.length][(int) Math.min(CHUNK, to - from)];
          for (int k = 0; k < at.length; k++) {
            at[k] = new DoublePointer(arrays[k].pointer());
          }
          for (long i = from; i < to; i += CHUNK) {
            int n = (int) Math.min(CHUNK, to - i);
            for (int k = 0; k < at.length; k++) {
              at[k].position(i).get(x[k], 0, n);
            }
            loop.run(x, n);
            for (int k = 0; k < at.length; k++) {
              if (k != 1) {
                at[k].put(x[k], 0, n);
              }
            }
          }
        });
  }

  private interface Task {
    void run(long from, long to);
  }

  private static void tasks(long numel, Task task) {
    if (numel == 0) {
      return;
    }
    int count = Math.toIntExact((numel + TASK - 1) / TASK);
    if (count == 1) {
      task.run(0, numel);
      return;
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(t -> task.run((long) t * TASK, Math.min(numel, (long) (t + 1) * TASK)));
  }
}
