package org.onecycle.text.data;

/**
 * Tells addresses from other words: scheme, user, host name or public IPv4 address, port, path. In
 * one pass, where the usual pattern backtracks.
 */
final class Urls {
  private static final int MAX_LABEL = 64;
  private static final int MAX_TOP = 63;

  private Urls() {}

  static boolean matches(String s, int lo, int hi) {
    int scheme = scheme(s, lo, hi);
    if (host(s, lo, hi) || scheme > 0 && host(s, scheme, hi)) {
      return true;
    }
    // Whatever stands before an @ may be a user. (indexOf would look beyond the word.)
    for (int at = lo + 1; at < hi; at++) {
      if (s.charAt(at) == '@' && host(s, at + 1, hi)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the place after {@code scheme://}, or 0. */
  private static int scheme(String s, int lo, int hi) {
    int i = lo;
    while (i < hi && (Chars.isWord(s.charAt(i)) || "+-.".indexOf(s.charAt(i)) >= 0)) {
      i++;
    }
    return i >= lo + 2 && i + 3 < hi && s.startsWith("://", i) ? i + 3 : 0;
  }

  /** A host, and then nothing, a port or a path. */
  private static boolean host(String s, int from, int hi) {
    int end = from;
    while (end < hi && "@:/?#".indexOf(s.charAt(end)) < 0) {
      end++;
    }
    if (end == from || !rest(s, end, hi)) {
      return false;
    }
    return names(s, from, end) || ipv4(s.substring(from, Math.min(end, from + 16)));
  }

  private static boolean rest(String s, int from, int hi) {
    if (from == hi) {
      return true;
    }
    int i = from;
    if (s.charAt(i) == ':') {
      i++;
      while (i < hi && i - from <= 6 && Chars.isDigit(s.charAt(i))) {
        i++;
      }
      if (i - from < 3 || i - from > 6) {
        return false;
      }
    }
    return i == hi || "/?#".indexOf(s.charAt(i)) >= 0;
  }

  private static boolean names(String s, int from, int end) {
    int top = end;
    while (top > from && s.charAt(top - 1) != '.') {
      top--;
    }
    if (top <= from + 1 || !topName(s, top, end)) {
      return false;
    }
    int start = from;
    for (int i = from; i < top; i++) {
      char c = s.charAt(i);
      if (c == '.') {
        if (i == start
            || i - start > MAX_LABEL
            || !plain(s.charAt(start))
            || !plain(s.charAt(i - 1))) {
          return false;
        }
        start = i + 1;
      } else if (!plain(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean topName(String s, int from, int end) {
    if (end - from < 2 || end - from > MAX_TOP) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (!Chars.isLower(s.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean plain(char c) {
    return c >= 'a' && c <= 'z'
        || Chars.isAsciiUpper(c)
        || Chars.isDigit(c)
        || c >= 0xA1 && !Character.isSurrogate(c);
  }

  /** An address that is neither private nor reserved. */
  private static boolean ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    int[] n = new int[4];
    for (int i = 0; i < 4; i++) {
      String p = parts[i];
      boolean inner = i == 1 || i == 2;
      if (p.isEmpty() || p.length() > 3 || !p.chars().allMatch(Chars::isDigit)) {
        return false;
      }
      if (p.charAt(0) == '0' && !(inner && p.length() < 3)) {
        return false;
      }
      n[i] = Integer.parseInt(p);
    }
    boolean hidden =
        n[0] == 10
            || n[0] == 127
            || n[0] == 169 && n[1] == 254
            || n[0] == 192 && n[1] == 168
            || n[0] == 172 && n[1] >= 16 && n[1] <= 31;
    return !hidden && n[0] <= 223 && n[1] <= 255 && n[2] <= 255 && n[3] <= 254;
  }
}
