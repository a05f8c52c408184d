package org.onecycle.text.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Character references of HTML 5: {@code &eacute;}, {@code &#233;}, {@code &#xE9;}, also the old
 * ones that may lack their semicolon.
 */
final class HtmlEntities {
  private static final int MAX_NAME = 32;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Map<String, String> NAMES = read();

  private HtmlEntities() {}

  private static Map<String, String> read() {
    Map<String, String> names = new HashMap<>();
    try (InputStream in = HtmlEntities.class.getResourceAsStream("entities.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t");
        StringBuilder text = new StringBuilder();
        for (String hex : parts[1].split(" ")) {
          text.appendCodePoint(Integer.parseInt(hex, 16));
        }
        names.put(parts[0], text.toString());
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of HTML entities", e);
    }
  }

  static String unescape(String text) {
    int amp = text.indexOf('&');
    if (amp < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (amp >= 0) {
      out.append(text, copied, amp);
      copied = amp + reference(text, amp, out);
      if (copied == amp) {
        out.append('&');
        copied++;
      }
      amp = text.indexOf('&', copied);
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** Appends what the reference stands for; returns its length, 0 when it is none. */
  private static int reference(String text, int amp, StringBuilder out) {
    return amp + 1 < text.length() && text.charAt(amp + 1) == '#'
        ? numeric(text, amp, out)
        : named(text, amp, out);
  }

  private static int numeric(String text, int amp, StringBuilder out) {
    int i = amp + 2;
    boolean hex = i < text.length() && (text.charAt(i) | 32) == 'x';
    int radix = hex ? 16 : 10;
    int start = hex ? ++i : i;
    int value = 0;
    while (i < text.length() && text.charAt(i) < 128 && digit(text.charAt(i), radix) >= 0) {
      boolean large = value > Character.MAX_CODE_POINT;
      value = large ? value : value * radix + digit(text.charAt(i), radix);
      i++;
    }
    if (i == start) {
      return 0;
    }
    append(value, out);
    return (i < text.length() && text.charAt(i) == ';' ? i + 1 : i) - amp;
  }

  private static int digit(char c, int radix) {
    return Character.digit(c, radix);
  }

  private static void append(int value, StringBuilder out) {
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value == 0 || surrogate || value > Character.MAX_CODE_POINT) {
      out.append('\uFFFD');
    } else if (value >= 0x80 && value <= 0x9F) {
      String mapped = new String(new byte[] {(byte) value}, WINDOWS);
      // The five bytes that windows-1252 does not use stand for themselves.
      out.append(mapped.equals("\uFFFD") ? String.valueOf((char) value) : mapped);
    } else if (!isNothing(value)) {
      out.appendCodePoint(value);
    }
  }

  /** Control characters and those that never will be any: HTML 5 has them vanish. */
  private static boolean isNothing(int v) {
    boolean control = v < 0x20 && v != '\t' && v != '\n' && v != '\r' && v != '\f';
    return control || v == 0x7F || v >= 0xFDD0 && v <= 0xFDEF || (v & 0xFFFE) == 0xFFFE;
  }

  private static int named(String text, int amp, StringBuilder out) {
    int end = amp + 1;
    while (end < text.length()
        && end - amp <= MAX_NAME
        && "\t\n\f <&#;".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end == amp + 1) {
      return 0;
    }
    if (end < text.length() && text.charAt(end) == ';') {
      end++;
    }
    for (; end > amp + 2; end--) {
      String known = NAMES.get(text.substring(amp + 1, end));
      if (known != null) {
        out.append(known);
        return end - amp;
      }
    }
    return 0;
  }
}
