package org.onecycle.data;

import org.onecycle.array.DType;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/** A 1 for each label that applies and 0 for the others; a batch is a FLOAT {@code [N, C]}. */
public final class OneHot implements Collatable, Exportable {
  private final float[] values;

  /** A copy of these values {@code [C]}. */
  public OneHot(float... values) {
    this.values = values.clone();
  }

  /** Returns a copy of the values {@code [C]}. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public Spec spec() {
    return Spec.of("data.one_hot");
  }

  @Override
  public DType dtype() {
    return DType.FLOAT;
  }

  @Override
  public long[] shape() {
    return new long[] {values.length};
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    System.arraycopy(values, 0, target.floats(), offset, values.length);
  }

  @Override
  public OneHot restore(Tensor value) {
    return new OneHot(value.to(DType.FLOAT).toFloats());
  }
}
