package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; every length is checked before anything is allocated for it. */
final class PickleInput {
  private final ByteBuffer in;

  PickleInput(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return in.position();
  }

  void checkRemaining(long length) {
    if (length < 0 || length > in.remaining()) {
      throw new PickleException(
          "truncated or damaged pickle: %d bytes wanted at byte %d, %d left"
              .formatted(length, in.position(), in.remaining()));
    }
  }

  int u1() {
    checkRemaining(1);
    return in.get() & 0xff;
  }

  int u2() {
    checkRemaining(2);
    return in.getShort() & 0xffff;
  }

  int i4() {
    checkRemaining(4);
    return in.getInt();
  }

  long u4() {
    return i4() & 0xffffffffL;
  }

  long i8() {
    checkRemaining(8);
    return in.getLong();
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(i8()));
  }

  byte[] bytes(long length) {
    checkRemaining(length);
    byte[] out = new byte[(int) length];
    in.get(out);
    return out;
  }

  String text(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String line() {
    int end = in.position();
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    String line = text(end - in.position());
    checkRemaining(1);
    in.get();
    return line;
  }
}
