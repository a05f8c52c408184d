package org.onecycle.array;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Makes JavaCPP pointers that look at memory owned by somebody else. */
final class Addresses {
  private Addresses() {}

  /** A pointer that owns nothing: whoever made the memory frees it. */
  private static final class Borrowed extends BytePointer {
    Borrowed(long address, long bytes) {
      super((Pointer) null);
      this.address = address;
      this.position = 0;
      this.limit = bytes;
      this.capacity = bytes;
    }
  }

  static Pointer pointer(long address, long bytes) {
    return new Borrowed(address, bytes);
  }
}
