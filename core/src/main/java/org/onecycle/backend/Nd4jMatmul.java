package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;

/**
 * {@link MatmulKernels} on any ND4J device, through the native {@code matmul} with a C-order
 * result: {@code INDArray.mmul} computes into an F-order temporary and copies it.
 */
final class Nd4jMatmul implements MatmulKernels {

  @Override
  public Array matmul(Array a, Array b, boolean transposeA, boolean transposeB) {
    int ra = a.rank();
    int rb = b.rank();
    long m = a.size(transposeA ? ra - 1 : ra - 2);
    long k = a.size(transposeA ? ra - 2 : ra - 1);
    long kb = b.size(transposeB ? rb - 1 : rb - 2);
    long n = b.size(transposeB ? rb - 2 : rb - 1);
    if (k != kb || a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          "matmul expects inner sizes and types to agree, got "
              + a
              + (transposeA ? " transposed" : "")
              + " and "
              + b
              + (transposeB ? " transposed" : ""));
    }
    long[] batchA = Arrays.copyOf(a.shape(), ra - 2);
    long[] batchB = Arrays.copyOf(b.shape(), rb - 2);
    long[] batch = Shapes.broadcast(batchA, batchB);
    long[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = m;
    shape[batch.length + 1] = n;
    Array out = Array.empty(a.dtype(), shape);
    if (out.numel() == 0) {
      return out;
    }
    if (k == 0) {
      Backends.current().elementwise().fill(out, 0);
      return out;
    }
    if (rb == 2 && !transposeA) {
      // One large product instead of many small ones.
      long rows = Shapes.numel(batch) * m;
      multiply(out.reshape(rows, n), a.reshape(rows, k), b, false, transposeB);
      return out;
    }
    if (batch.length == 0) {
      multiply(out, a, b, transposeA, transposeB);
      return out;
    }
    try (Scope s = Scope.open()) {
      long count = Shapes.numel(batch);
      Array x = flatten(a, batch, count);
      Array y = flatten(b, batch, count);
      multiply(out.reshape(count, m, n), x, y, transposeA, transposeB);
    }
    return out;
  }

  private static Array flatten(Array x, long[] batch, long count) {
    long[] full = Arrays.copyOf(batch, batch.length + 2);
    long rows = x.size(-2);
    long columns = x.size(-1);
    full[batch.length] = rows;
    full[batch.length + 1] = columns;
    return Backends.current().shape().broadcastTo(x, full).reshape(count, rows, columns);
  }

  private static void multiply(Array out, Array a, Array b, boolean ta, boolean tb) {
    NativeOp.of("matmul", ta ? 1 : 0, tb ? 1 : 0, 0).run(out, a, b);
  }

  @Override
  public Array linear(Array x, Array w, Array b) {
    Array y = matmul(x, w, false, true);
    if (b != null && y.numel() > 0) {
      NativeOp.of("add").run(y, y, b);
    }
    return y;
  }
}
