package org.onecycle.data;

import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;

/**
 * A member of a sample that can become part of a batch: it writes its numbers straight into the
 * batch's array, so that no native memory is touched for a single item or by a worker thread.
 *
 * <p>A picture of bytes declares {@link DType#FLOAT} and writes {@code byte / 255}: the conversion
 * then costs one pass in a worker.
 *
 * <pre>{@code
 * record Point(float x, float y) implements Collatable {
 *   public DType dtype() { return DType.FLOAT; }
 *   public long[] shape() { return new long[] {2}; }
 *   public void writeTo(HostArray target, int offset) {
 *     target.floats()[offset] = x;
 *     target.floats()[offset + 1] = y;
 *   }
 *   public Object restore(Tensor t) {
 *     return new Point(t.toFloats()[0], t.toFloats()[1]);
 *   }
 * }
 * }</pre>
 */
public interface Collatable {

  /** Returns the dtype of the batch's tensor. */
  DType dtype();

  /** Returns the shape of one item; the batch has {@code [N, *shape]}. */
  long[] shape();

  /** Writes the numbers in C order into the target's array, from the offset on. */
  void writeTo(HostArray target, int offset);

  /** Returns a member of this kind made from its tensor {@code [*shape]}, for decoding. */
  Object restore(Tensor value);
}
