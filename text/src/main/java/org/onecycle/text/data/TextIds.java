package org.onecycle.text.data;

import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.data.Collatable;
import org.onecycle.data.HostArray;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * The numbers of a text's tokens; INT64 in a batch.
 *
 * @param ids numbers in a {@link Vocab}
 */
public record TextIds(int[] ids) implements Collatable, Exportable {

  /** Copies the numbers. */
  public TextIds {
    ids = ids.clone();
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  /** Returns the number of tokens. */
  public int length() {
    return ids.length;
  }

  /** The kind: a text's own words are none of a learner's. */
  @Override
  public Spec spec() {
    return Spec.of("text.ids");
  }

  @Override
  public DType dtype() {
    return DType.INT64;
  }

  @Override
  public long[] shape() {
    return new long[] {ids.length};
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    for (int i = 0; i < ids.length; i++) {
      target.longs()[offset + i] = ids[i];
    }
  }

  @Override
  public Object restore(Tensor value) {
    return new TextIds(Arrays.stream(value.toLongs()).mapToInt(Math::toIntExact).toArray());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TextIds t && Arrays.equals(ids, t.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "TextIds" + Arrays.toString(ids);
  }
}
