package org.onecycle.data;

import org.onecycle.array.DType;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * The number of a label in its vocabulary; a batch of them is an INT64 tensor {@code [N]}.
 *
 * @param index place in the vocabulary
 */
public record Category(int index) implements Collatable, Exportable {

  @Override
  public Spec spec() {
    return Spec.of("data.category");
  }

  @Override
  public DType dtype() {
    return DType.INT64;
  }

  @Override
  public long[] shape() {
    return new long[0];
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    target.longs()[offset] = index;
  }

  @Override
  public Object restore(Tensor value) {
    return new Category((int) value.item());
  }
}
