package org.onecycle.backend;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/** Matrix products by oneDNN, transposed operands read in place. */
final class OneDnnMatmul implements MatmulKernels {
  private static final long SMALL = 1 << 21;

  private final MatmulKernels portable;

  OneDnnMatmul(MatmulKernels portable) {
    this.portable = portable;
  }

  /** One product: its sizes, how the operands lie and whether a bias is added to each row. */
  private record Product(
      DType dtype,
      long batch,
      boolean oneA,
      boolean oneB,
      long m,
      long k,
      long n,
      boolean ta,
      boolean tb) {
    boolean small() {
      return batch * m * k * n <= SMALL;
    }
  }

  /** The type of a product: BFLOAT16 if one operand is, which the other is rounded to. */
  private static DType common(Array a, Array b) {
    return a.dtype() == DType.BFLOAT16 || b.dtype() == DType.BFLOAT16
        ? DType.BFLOAT16
        : DType.FLOAT;
  }

  private static Array cast(Array a, DType dtype) {
    return Backends.current().elementwise().cast(a, dtype).plain();
  }

  @Override
  public Array matmul(Array a, Array b, boolean transposeA, boolean transposeB) {
    int ra = a.rank();
    int rb = b.rank();
    long m = a.size(transposeA ? ra - 1 : ra - 2);
    long k = a.size(transposeA ? ra - 2 : ra - 1);
    long n = b.size(transposeB ? rb - 2 : rb - 1);
    long[] batchA = Arrays.copyOf(a.shape(), ra - 2);
    long[] batchB = Arrays.copyOf(b.shape(), rb - 2);
    boolean fits =
        OneDnnLayout.has(a.dtype())
            && OneDnnLayout.has(b.dtype())
            && k == b.size(transposeB ? rb - 1 : rb - 2)
            && m * k * n > 0
            && (batchA.length == 0 || batchB.length == 0 || Arrays.equals(batchA, batchB))
            && Shapes.numel(batchA) * Shapes.numel(batchB) > 0;
    if (!fits) {
      return portable.matmul(a, b, transposeA, transposeB);
    }
    if (SmallMatmul.fits(a, b, m, k, n)) {
      return SmallMatmul.run(a, b, null, transposeA, transposeB, false);
    }
    long[] batch = batchA.length == 0 ? batchB : batchA;
    long[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = m;
    shape[batch.length + 1] = n;
    DType dtype = common(a, b);
    Array out = Array.empty(dtype, shape);
    boolean rows = batchB.length == 0 && !transposeA;
    Product p =
        rows
            ? new Product(dtype, 1, true, true, m * Shapes.numel(batch), k, n, false, transposeB)
            : new Product(
                dtype,
                Shapes.numel(batch),
                batchA.length == 0,
                batchB.length == 0,
                m,
                k,
                n,
                transposeA,
                transposeB);
    call(p, false, false).run(cast(a, dtype), cast(b, dtype), out);
    return out;
  }

  @Override
  public Array linear(Array x, Array w, Array b) {
    return b == null ? matmul(x, w, false, true) : linear(x, w, b, false);
  }

  @Override
  public Array linearRelu(Array x, Array w, Array b) {
    return linear(x, w, b, true);
  }

  private Array linear(Array x, Array w, Array b, boolean relu) {
    boolean fits =
        OneDnnLayout.has(x.dtype())
            && w.dtype() == DType.FLOAT
            && x.rank() == 2
            && x.size(1) == w.size(1)
            && x.numel() > 0
            && w.numel() > 0;
    if (!fits) {
      return relu ? portable.linearRelu(x, w, b) : portable.linear(x, w, b);
    }
    if (SmallMatmul.fits(x, w, x.size(0), x.size(1), w.size(0))) {
      return SmallMatmul.run(x, w, b, false, true, relu);
    }
    Array out = Array.empty(x.dtype(), x.size(0), w.size(0));
    Product p = new Product(x.dtype(), 1, true, true, x.size(0), x.size(1), w.size(0), false, true);
    OneDnnCall call = call(p, b != null, relu);
    if (b == null) {
      call.run(x.plain(), cast(w, x.dtype()), out);
    } else {
      call.run(x.plain(), cast(w, x.dtype()), out, b.plain());
    }
    return out;
  }

  private static OneDnnCall call(Product p, boolean bias, boolean relu) {
    return OneDnnCall.cached(
        () -> p.small() ? OneDnn.alone(() -> make(p, bias, relu)).alone(true) : make(p, bias, relu),
        "matmul",
        p,
        bias,
        relu);
  }

  private static OneDnnCall make(Product p, boolean bias, boolean relu) {
    memory.desc a = desc(p.dtype, p.oneA ? 1 : p.batch, p.m, p.k, p.ta);
    memory.desc b = desc(p.dtype, p.oneB ? 1 : p.batch, p.k, p.n, p.tb);
    memory.desc c = desc(p.dtype, p.batch, p.m, p.n, false);
    memory.desc rows = desc(DType.FLOAT, 1, 1, p.n, false);
    primitive_attr attr = new primitive_attr();
    if (relu) {
      post_ops after = new post_ops();
      after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
      attr.set_post_ops(after);
    }
    matmul.primitive_desc pd =
        bias
            ? new matmul.primitive_desc(OneDnn.engine(), a, b, rows, c, attr, false)
            : new matmul.primitive_desc(OneDnn.engine(), a, b, c, attr, false);
    OneDnnCall call =
        new OneDnnCall(new matmul(pd))
            .with(dnnl.DNNL_ARG_SRC, a)
            .with(dnnl.DNNL_ARG_WEIGHTS, b)
            .with(dnnl.DNNL_ARG_DST, c);
    return bias ? call.with(dnnl.DNNL_ARG_BIAS, rows) : call;
  }

  private static memory.desc desc(
      DType dtype, long batch, long rows, long columns, boolean transposed) {
    long[] strides =
        transposed ? new long[] {rows * columns, 1, rows} : new long[] {rows * columns, columns, 1};
    return new memory.desc(new long[] {batch, rows, columns}, OneDnnLayout.type(dtype), strides);
  }
}
