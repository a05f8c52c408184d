package org.onecycle.vision.image;

import java.nio.charset.StandardCharsets;

/**
 * What the outside of a picture file says: its format, its size, and whether it is whole.
 *
 * <p>libjpeg fills the missing part of a truncated file with grey and only warns, so that a
 * truncated photo would train a network silently. Hence the file's structure is walked before it is
 * decoded: a JPEG (ITU-T T.81, B.1) has to reach its end-of-image marker, a PNG its IEND chunk, a
 * WebP the length it states, a GIF its trailer. Damaged entropy-coded data inside a whole file is
 * left to the decoder, as other libraries do.
 */
record Container(Format format, int width, int height) {
  enum Format {
    JPEG,
    PNG,
    GIF,
    WEBP,
    OTHER
  }

  static Container check(byte[] b, String name) {
    if (startsWith(b, 0, "\u00ff\u00d8\u00ff")) {
      return jpeg(b, name);
    }
    if (startsWith(b, 0, "\u0089PNG\r\n\u001a\n")) {
      return png(b, name);
    }
    if (startsWith(b, 0, "GIF8")) {
      return gif(b, name);
    }
    if (startsWith(b, 0, "RIFF") && startsWith(b, 8, "WEBP")) {
      long stated = 8 + (u16le(b, 4) | (long) u16le(b, 6) << 16);
      if (stated > b.length) {
        throw truncated(name, "WebP", "it states " + stated + " bytes and has " + b.length);
      }
      return new Container(Format.WEBP, 0, 0);
    }
    return new Container(Format.OTHER, 0, 0);
  }

  private static Container jpeg(byte[] b, String name) {
    int width = 0;
    int height = 0;
    int at = 2;
    while (true) {
      // The next marker: FF and something that is neither stuffing (00), fill (FF) nor a restart.
      while (at + 1 < b.length && !isMarker(b[at], b[at + 1])) {
        at++;
      }
      if (at + 1 >= b.length) {
        throw truncated(name, "JPEG", "its " + b.length + " bytes hold no end-of-image marker");
      }
      int marker = b[at + 1] & 0xff;
      if (marker == 0xd9) {
        return new Container(Format.JPEG, width, height);
      }
      at += 2;
      if (marker == 0xd8 || marker == 0x01) {
        continue;
      }
      int length = at + 1 < b.length ? u16(b, at) : Integer.MAX_VALUE / 2;
      if (at + length > b.length) {
        throw truncated(name, "JPEG", "a segment goes beyond its " + b.length + " bytes");
      }
      boolean frame = marker >= 0xc0 && marker <= 0xcf;
      if (frame && marker != 0xc4 && marker != 0xc8 && marker != 0xcc && length >= 8) {
        height = u16(b, at + 3);
        width = u16(b, at + 5);
      }
      at += length;
    }
  }

  private static boolean isMarker(byte first, byte second) {
    int code = second & 0xff;
    return first == (byte) 0xff && code != 0 && code != 0xff && (code < 0xd0 || code > 0xd7);
  }

  private static Container png(byte[] b, String name) {
    int at = 8;
    while (at + 12L <= b.length) {
      long length = (long) u16(b, at) << 16 | u16(b, at + 2);
      if (at + 12 + length > b.length) {
        break;
      }
      if (startsWith(b, at + 4, "IEND")) {
        return new Container(Format.PNG, u16(b, 18), u16(b, 22));
      }
      at += (int) (12 + length);
    }
    throw truncated(name, "PNG", "its " + b.length + " bytes end before the IEND chunk");
  }

  /** Walks the blocks, because a picture's data may end in the trailer's byte by chance. */
  private static Container gif(byte[] b, String name) {
    int at = b.length > 10 ? 13 + colourTable(b[10]) : b.length;
    while (at < b.length && b[at] != 0x3b) {
      if (b[at] == 0x21) {
        at += 2;
      } else if (b[at] == 0x2c && at + 9 < b.length) {
        at += 11 + colourTable(b[at + 9]);
      } else {
        break;
      }
      while (at < b.length && b[at] != 0) {
        at += 1 + (b[at] & 0xff);
      }
      at++;
    }
    if (at >= b.length) {
      throw truncated(name, "GIF", "its " + b.length + " bytes end before the trailer");
    }
    return new Container(Format.GIF, u16le(b, 6), u16le(b, 8));
  }

  private static int colourTable(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static ImageException truncated(String name, String format, String why) {
    return new ImageException(name + ": a truncated " + format + ": " + why);
  }

  private static int u16(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
  }

  private static int u16le(byte[] b, int at) {
    return (b[at + 1] & 0xff) << 8 | b[at] & 0xff;
  }

  private static boolean startsWith(byte[] b, int at, String prefix) {
    byte[] p = prefix.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < p.length; i++) {
      if (at + i >= b.length || b[at + i] != p[i]) {
        return false;
      }
    }
    return true;
  }
}
