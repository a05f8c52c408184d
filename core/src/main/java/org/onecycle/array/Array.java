package org.onecycle.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense n-dimensional array without gradients: what the backends' kernels work on.
 *
 * <p>Its storage is plain C-order memory or a backend's opaque block (see {@link Layout}), which is
 * turned into a plain one when somebody asks for it. Arrays that share storage ({@link #reshape},
 * {@link #view}) share its end of life.
 */
public final class Array {
  private final DType dtype;
  private final long[] shape;
  private final long offset;
  private final Storage storage;

  private Array(DType dtype, long[] shape, long offset, Storage storage) {
    this.dtype = dtype;
    this.shape = shape;
    this.offset = offset;
    this.storage = storage;
  }

  /** Returns an uninitialised array in the current scope. */
  public static Array empty(DType dtype, long... shape) {
    return allocate(dtype, shape.clone(), Scope.current());
  }

  /** Returns an uninitialised array outside of scopes: it lives as long as it is reachable. */
  public static Array detached(DType dtype, long... shape) {
    return allocate(dtype, shape.clone(), null);
  }

  private static Array allocate(DType dtype, long[] shape, Scope scope) {
    for (long s : shape) {
      if (s < 0) {
        throw new IllegalArgumentException("Negative size in shape " + Arrays.toString(shape));
      }
    }
    long bytes = Math.multiplyExact(Shapes.numel(shape), (long) dtype.bytes());
    return new Array(dtype, shape, 0, Storage.allocate(dtype, bytes, null, scope));
  }

  /**
   * Returns an uninitialised array in a backend's own layout, in the current scope.
   *
   * @param bytes the size of the opaque block, padding included
   */
  public static Array opaque(DType dtype, long[] shape, long bytes, Layout layout) {
    return new Array(
        dtype, shape.clone(), 0, Storage.allocate(dtype, bytes, layout, Scope.current()));
  }

  /** Returns the element type. */
  public DType dtype() {
    return dtype;
  }

  /** Returns a copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the size along an axis; a negative axis counts from the end. */
  public long size(int axis) {
    return shape[Shapes.axis(axis, shape.length)];
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.length;
  }

  /** Returns the number of elements. */
  public long numel() {
    return Shapes.numel(shape);
  }

  /** Returns whether the shape is this one. */
  public boolean hasShape(long... other) {
    return Arrays.equals(shape, other);
  }

  /** Returns the backend's layout, or null if the memory is plain C-order. */
  public Layout layout() {
    return storage.layout();
  }

  Storage storage() {
    return storage;
  }

  /** Returns whether both arrays lie in the same memory. */
  public boolean sharesStorage(Array other) {
    return storage == other.storage;
  }

  /** Returns whether a scope will give the memory back, not the garbage collector. */
  public boolean inScope() {
    return storage.scope() != null;
  }

  /** Returns an object that is the same for all arrays that share storage. */
  public Object storageKey() {
    return storage;
  }

  /**
   * Returns a number that grows with every change of the elements by a kernel: what was computed
   * from them is good as long as it stays. The same for all arrays that share storage.
   */
  public long version() {
    return storage.version();
  }

  /** Tells that a kernel has changed the elements in place. */
  public void changed() {
    storage.changed();
  }

  /** Makes the memory plain C-order if it is not, and returns this array. */
  public Array plain() {
    Layout layout = storage.layout();
    if (layout != null) {
      storage.block(); // a clear error when it has been given back
      storage.makePlain(
          dtype, byteSize(), target -> layout.unpack(this, new Array(dtype, shape, 0, target)));
    }
    return this;
  }

  /**
   * Returns the array as ND4J sees it, without a copy.
   *
   * <p>The view lives exactly as long as this array's memory; only kernels may hold it, and only
   * while they run. Nobody sees whether they write through it, so it counts as a change.
   */
  public INDArray nd() {
    plain();
    changed();
    return storage.block().view(dtype, offset, shape);
  }

  /** Returns whether the memory can be addressed by the processor. */
  public boolean isHost() {
    return storage.block().isHost();
  }

  /** Returns the address of the first byte; of the opaque block if the layout is one. */
  public long address() {
    return storage.block().pointer().address() + offset * dtype.bytes();
  }

  /** Returns a pointer to the first byte that owns nothing. */
  public Pointer pointer() {
    return Addresses.pointer(address(), storage.layout() == null ? byteSize() : storage.bytes());
  }

  /**
   * Returns the memory for bulk copies, which from a buffer take no native call; null if it lies on
   * a device or is larger than a buffer can be.
   */
  public ByteBuffer bytes() {
    plain();
    ByteBuffer all = isHost() ? storage.block().buffer() : null;
    return all == null
        ? null
        : all.slice((int) (offset * dtype.bytes()), (int) byteSize())
            .order(ByteOrder.nativeOrder());
  }

  /** As {@link #bytes}, for FLOAT; null for other types. */
  public FloatBuffer floats() {
    plain();
    FloatBuffer all = dtype == DType.FLOAT && isHost() ? storage.block().floats() : null;
    return all == null ? null : all.slice((int) offset, (int) numel());
  }

  private long byteSize() {
    return numel() * dtype.bytes();
  }

  /**
   * Returns the same elements in another shape, without a copy.
   *
   * @param newShape may have one -1, which is inferred
   */
  public Array reshape(long... newShape) {
    long[] s = Shapes.infer(numel(), newShape);
    if (Arrays.equals(s, shape)) {
      return this;
    }
    plain();
    return new Array(dtype, s, offset, storage);
  }

  /** Returns a contiguous part as an array of its own shape, without a copy. */
  public Array view(long start, long... newShape) {
    if (start < 0 || start + Shapes.numel(newShape) > numel()) {
      throw new IllegalArgumentException(
          "View of "
              + Arrays.toString(newShape)
              + " at "
              + start
              + " leaves an array of "
              + numel()
              + " elements");
    }
    plain();
    return new Array(dtype, newShape.clone(), offset + start, storage);
  }

  /** Gives the memory back before the scope closes. Arrays that share it go with it. */
  public void release() {
    storage.release();
  }

  /** Returns whether the memory has been given back. */
  public boolean isReleased() {
    return storage.isReleased();
  }

  @Override
  public String toString() {
    return dtype + Arrays.toString(shape) + (storage.layout() == null ? "" : " opaque");
  }
}
