package org.onecycle.backend;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * Runs Java code over an array's planes {@code [H, W]}, the last two axes, on all processors.
 *
 * <p>For what no native operation computes: a plane at a time comes into a Java array that fits the
 * caches, so the detour costs little.
 */
final class Planes {
  /** Computes one plane from another. */
  interface Kernel {
    void run(double[] in, double[] out, int plane);
  }

  private Planes() {}

  /** Computes every plane of the output, which starts as zeros, from the input's same plane. */
  static void map(Array in, Array out, Kernel kernel) {
    if (out.numel() == 0) {
      return;
    }
    int planes = Math.toIntExact(out.numel() / planeSize(out));
    if (in.numel() == 0) {
      Backends.current().elementwise().fill(out, 0);
      return;
    }
    in.plain();
    out.plain();
    if (!in.isHost() || !out.isHost()) {
      mapCopies(in, out, kernel, planes);
      return;
    }
    int chunk = Math.max(1, planes / (4 * Runtime.getRuntime().availableProcessors()));
    IntStream.range(0, (planes + chunk - 1) / chunk)
        .parallel()
        .forEach(
            c -> {
              Plane from = new Plane(in);
              Plane to = new Plane(out);
              for (int p = c * chunk; p < Math.min(planes, (c + 1) * chunk); p++) {
                java.util.Arrays.fill(to.values, 0);
                kernel.run(from.read(p), to.values, p);
                to.write(p);
              }
            });
  }

  private static void mapCopies(Array in, Array out, Kernel kernel, int planes) {
    double[] from = Host.doubles(in);
    double[] to = new double[Math.toIntExact(out.numel())];
    double[] a = new double[planeSize(in)];
    double[] b = new double[planeSize(out)];
    for (int p = 0; p < planes; p++) {
      System.arraycopy(from, p * a.length, a, 0, a.length);
      java.util.Arrays.fill(b, 0);
      kernel.run(a, b, p);
      System.arraycopy(b, 0, to, p * b.length, b.length);
    }
    Host.put(to, out);
  }

  private static int planeSize(Array x) {
    return Math.toIntExact(x.size(-2) * x.size(-1));
  }

  /** One thread's window on an array in host memory. */
  private static final class Plane {
    final double[] values;
    private final float[] floats;
    private final Pointer pointer;

    Plane(Array x) {
      values = new double[planeSize(x)];
      if (x.dtype() == DType.FLOAT) {
        floats = new float[values.length];
        pointer = new FloatPointer(x.pointer());
      } else if (x.dtype() == DType.DOUBLE) {
        floats = null;
        pointer = new DoublePointer(x.pointer());
      } else {
        throw new IllegalArgumentException("Expected FLOAT or DOUBLE, got " + x);
      }
    }

    double[] read(int plane) {
      long at = (long) plane * values.length;
      if (floats == null) {
        ((DoublePointer) pointer).position(at).get(values, 0, values.length);
      } else {
        ((FloatPointer) pointer).position(at).get(floats, 0, floats.length);
        for (int i = 0; i < floats.length; i++) {
          values[i] = floats[i];
        }
      }
      return values;
    }

    void write(int plane) {
      long at = (long) plane * values.length;
      if (floats == null) {
        ((DoublePointer) pointer).position(at).put(values, 0, values.length);
      } else {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) values[i];
        }
        ((FloatPointer) pointer).position(at).put(floats, 0, floats.length);
      }
    }
  }
}
