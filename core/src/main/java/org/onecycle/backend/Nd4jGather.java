package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Shapes;

/**
 * {@link GatherKernels} on any ND4J device.
 *
 * <p>The additions run in Java, one row after another: ND4J's {@code scatter_add} loses updates
 * when it runs in parallel and is slower than this when it does not.
 */
final class Nd4jGather implements GatherKernels {

  @Override
  public Array take(Array x, int axis, Array indices) {
    check(Host.longs(indices), x.size(axis));
    long[] xs = x.shape();
    long[] is = indices.shape();
    long[] shape = new long[xs.length - 1 + is.length];
    System.arraycopy(xs, 0, shape, 0, axis);
    System.arraycopy(is, 0, shape, axis, is.length);
    System.arraycopy(xs, axis + 1, shape, axis + is.length, xs.length - axis - 1);
    Array out = Array.empty(x.dtype(), shape);
    if (out.numel() > 0) {
      // Indices of several axes into an array of one make the native operation crash.
      long[] flat = xs.clone();
      flat[axis] = indices.numel();
      NativeOp.of("gather", axis).run(out.reshape(flat), x, indices.reshape(-1));
    }
    return out;
  }

  @Override
  public Array takeGrad(Array dy, long[] shape, int axis, Array indices) {
    long[] at = Host.longs(indices);
    check(at, shape[axis]);
    int inner = Math.toIntExact(Shapes.numel(Arrays.copyOfRange(shape, axis + 1, shape.length)));
    int outer = Math.toIntExact(Shapes.numel(Arrays.copyOf(shape, axis)));
    int size = Math.toIntExact(shape[axis]);
    if (HostScatter.fits(dy, shape)) {
      return HostScatter.rows(dy, shape, at, outer, size, inner);
    }
    return accumulate(
        dy,
        shape,
        (from, to) -> {
          int f = 0;
          for (int o = 0; o < outer; o++) {
            for (long i : at) {
              int t = (o * size + (int) i) * inner;
              for (int k = 0; k < inner; k++) {
                to.add(t + k, from, f++);
              }
            }
          }
        });
  }

  @Override
  public Array gather(Array x, int axis, Array indices) {
    int[] sources = sources(x.shape(), axis, indices);
    Array out = Array.empty(x.dtype(), indices.shape());
    if (out.numel() == 0) {
      return out;
    }
    FloatBuffer from = x.floats();
    if (from != null) {
      float[] picked = new float[sources.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = from.get(sources[i]);
      }
      Host.put(picked, out);
      return out;
    }
    Array flat = Array.empty(DType.INT64, sources.length);
    Host.put(Arrays.stream(sources).mapToLong(i -> i).toArray(), flat);
    NativeOp.of("gather", 0).run(out.reshape(sources.length), x.reshape(-1), flat);
    return out;
  }

  @Override
  public Array gatherGrad(Array dy, long[] shape, int axis, Array indices) {
    int[] sources = sources(shape, axis, indices);
    if (HostScatter.fits(dy, shape)) {
      return HostScatter.elements(dy, shape, sources);
    }
    return accumulate(
        dy,
        shape,
        (from, to) -> {
          for (int i = 0; i < sources.length; i++) {
            to.add(sources[i], from, i);
          }
        });
  }

  /** Returns for every index the flat position in the array it points to. */
  private static int[] sources(long[] shape, int axis, Array indices) {
    long[] at = Host.longs(indices);
    check(at, shape[axis]);
    long[] strides = Shapes.strides(shape);
    long[] own = Shapes.strides(indices.shape());
    int[] out = new int[at.length];
    for (int i = 0; i < out.length; i++) {
      long rest = i;
      long position = at[i] * strides[axis];
      for (int d = 0; d < own.length; d++) {
        long c = rest / own[d];
        rest %= own[d];
        if (d != axis) {
          position += c * strides[d];
        }
      }
      out[i] = Math.toIntExact(position);
    }
    return out;
  }

  private static void check(long[] indices, long size) {
    for (long i : indices) {
      if (i < 0 || i >= size) {
        throw new IndexOutOfBoundsException(
            "Index " + i + " is outside of an axis of " + size + " elements");
      }
    }
  }

  /** Numbers of either floating type, added to at one position. */
  private sealed interface Sum {
    void add(int at, Sum from, int position);
  }

  private record Floats(float[] v) implements Sum {
    @Override
    public void add(int at, Sum from, int position) {
      v[at] += ((Floats) from).v[position];
    }
  }

  private record Doubles(double[] v) implements Sum {
    @Override
    public void add(int at, Sum from, int position) {
      v[at] += ((Doubles) from).v[position];
    }
  }

  private interface Adder {
    void run(Sum from, Sum to);
  }

  private static Array accumulate(Array dy, long[] shape, Adder adder) {
    Array out = Array.empty(dy.dtype(), shape);
    int n = Math.toIntExact(out.numel());
    if (dy.dtype() == DType.FLOAT) {
      float[] to = new float[n];
      adder.run(new Floats(Host.floats(dy)), new Floats(to));
      Host.put(to, out);
    } else {
      double[] to = new double[n];
      adder.run(new Doubles(Host.doubles(dy)), new Doubles(to));
      Host.put(to, out);
    }
    return out;
  }
}
