package org.onecycle.text.data;

import java.util.Locale;

/**
 * Classes of characters as Python's patterns know them. Java's own differ: its {@code \w} takes
 * combining marks, its {@code \s} leaves out the separators of files and records.
 */
final class Chars {
  private static final char SIGMA = 'Σ';

  private Chars() {}

  /** Python's {@code \s}. */
  static boolean isSpace(int cp) {
    return cp <= ' '
        ? cp == ' ' || cp >= '\t' && cp <= '\r' || cp >= 0x1C
        : cp == 0x85 || cp >= 0xA0 && Character.isSpaceChar(cp);
  }

  /** Python's {@code \w}. */
  static boolean isWord(int cp) {
    if (cp < 128) {
      return cp >= 'a' && cp <= 'z' || isAsciiUpper(cp) || isDigit(cp) || cp == '_';
    }
    return Character.isLetter(cp)
        || switch (Character.getType(cp)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }

  static boolean isDigit(int cp) {
    return cp >= '0' && cp <= '9';
  }

  static boolean isAsciiUpper(int cp) {
    return cp >= 'A' && cp <= 'Z';
  }

  /** A letter of any script; with the marks of those that need them, such as Hindi's. */
  static boolean isAlpha(int cp) {
    return Character.isLetter(cp) || isUncased(cp);
  }

  /** A small letter, or one of a script without capitals. */
  static boolean isLower(int cp) {
    return Character.getType(cp) == Character.LOWERCASE_LETTER || isUncased(cp);
  }

  /** A capital letter, or one of a script without capitals. */
  static boolean isUpper(int cp) {
    return Character.getType(cp) == Character.UPPERCASE_LETTER || isUncased(cp);
  }

  private static boolean isUncased(int cp) {
    return cp >= 0x0900 && cp <= 0x0DFF
        || cp >= 0x0591 && cp <= 0x05F4
        || cp > 0xFF && Character.getType(cp) == Character.OTHER_LETTER;
  }

  /**
   * The text in small letters. A capital sigma is a final one behind a letter and before none,
   * other signs between them not counted; Java asks for the ends of words instead.
   */
  static String lower(String text) {
    if (text.indexOf(SIGMA) < 0) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder out = new StringBuilder(text);
    for (int i = text.indexOf(SIGMA); i >= 0; i = text.indexOf(SIGMA, i + 1)) {
      int before = i;
      do {
        before = before > 0 ? text.offsetByCodePoints(before, -1) : -1;
      } while (before >= 0 && isIgnorable(text.codePointAt(before)));
      int after = i + 1;
      while (after < text.length() && isIgnorable(text.codePointAt(after))) {
        after += Character.charCount(text.codePointAt(after));
      }
      boolean last =
          before >= 0
              && isCased(text.codePointAt(before))
              && (after == text.length() || !isCased(text.codePointAt(after)));
      out.setCharAt(i, last ? 'ς' : 'σ');
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isCased(int cp) {
    return Character.isUpperCase(cp) || Character.isLowerCase(cp) || Character.isTitleCase(cp);
  }

  /** What may stand between the letters of a word. */
  private static boolean isIgnorable(int cp) {
    return switch (Character.getType(cp)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> "'.:··՟״‘’․‧︓︙﹒﹕＇．：".indexOf(cp) >= 0;
    };
  }

  /** The text without white space at its ends. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
