package org.onecycle.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A piece of native memory that the pool hands out again and again.
 *
 * <p>Making an {@code INDArray} costs some 14 microseconds, so a block remembers the views made of
 * it: a training step of a shape seen before makes none.
 */
final class Block {
  private static final int MAX_VIEWS = 6;

  private record View(DType dtype, long offset, long[] shape, INDArray array) {}

  final long bytes;
  final DType dtype; // of device memory, which ND4J types; null for host memory
  final Region region; // that it is cut from; null for memory of its own
  long lastUsed;
  private final Pointer base;
  private final Pointer pointer;
  private final DataBuffer deviceBuffer;
  private final List<View> views = new ArrayList<>(2);
  private volatile ByteBuffer buffer;
  private volatile FloatBuffer floats;
  private boolean freed;

  private Block(
      long bytes,
      DType dtype,
      Region region,
      Pointer base,
      Pointer pointer,
      DataBuffer deviceBuffer) {
    this.bytes = bytes;
    this.dtype = dtype;
    this.region = region;
    this.base = base;
    this.pointer = pointer;
    this.deviceBuffer = deviceBuffer;
  }

  /** Returns host memory aligned to 64 bytes, or null if the system has none left. */
  static Block host(long bytes) {
    Pointer base = Pointer.malloc(bytes + Region.ALIGNMENT);
    if (base == null || base.isNull()) {
      return null;
    }
    long address = Region.aligned(base.address());
    return new Block(bytes, null, null, base, Addresses.pointer(address, bytes), null);
  }

  /** Returns a part of a region. */
  static Block within(Region region, long address, long bytes) {
    return new Block(bytes, null, region, null, Addresses.pointer(address, bytes), null);
  }

  /** Returns memory managed by ND4J, which lies on its device. */
  static Block device(long bytes, DType dtype) {
    DataBuffer buffer =
        Nd4j.createBuffer(dtype.nd4j(), Math.max(1, bytes / dtype.bytes()), false, null);
    return new Block(bytes, dtype, null, null, null, buffer);
  }

  boolean isHost() {
    return deviceBuffer == null;
  }

  /** Returns the start of host memory. */
  Pointer pointer() {
    if (deviceBuffer != null) {
      throw new IllegalStateException("The memory lies on a device and has no host address");
    }
    return pointer;
  }

  /** Returns the memory for bulk copies, or null if it is too large for a buffer. */
  ByteBuffer buffer() {
    if (buffer == null && bytes <= Integer.MAX_VALUE) {
      buffer = pointer().asByteBuffer().order(ByteOrder.nativeOrder());
    }
    return buffer;
  }

  /** Returns the memory as FLOAT, or null if it is too large for a buffer. */
  FloatBuffer floats() {
    if (floats == null && buffer() != null) {
      floats = buffer().asFloatBuffer();
    }
    return floats;
  }

  /** Returns a C-order view, offset in elements. */
  INDArray view(DType type, long offset, long[] shape) {
    for (int i = views.size() - 1; i >= 0; i--) {
      View v = views.get(i);
      if (v.dtype == type && v.offset == offset && Arrays.equals(v.shape, shape)) {
        return v.array;
      }
    }
    DataBuffer buffer;
    long start = offset;
    if (deviceBuffer != null) {
      buffer = deviceBuffer;
    } else {
      long count = Math.max(1, Shapes.numel(shape));
      Pointer p =
          Addresses.pointer(pointer.address() + offset * type.bytes(), count * type.bytes());
      buffer = Nd4j.createBuffer(p, count, type.nd4j());
      start = 0;
    }
    INDArray array =
        Nd4j.create(buffer, shape.clone(), Shapes.strides(shape), start, 'c', type.nd4j());
    array.setCloseable(false);
    if (views.size() == MAX_VIEWS) {
      views.remove(0);
    }
    views.add(new View(type, offset, shape.clone(), array));
    return array;
  }

  /** Gives memory of its own back to the system. */
  void free() {
    if (freed || region != null) {
      throw new IllegalStateException("Block freed twice, or part of a region");
    }
    freed = true;
    views.clear();
    if (deviceBuffer != null) {
      deviceBuffer.close();
    } else {
      Pointer.free(base);
    }
  }
}
