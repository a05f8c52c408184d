package org.onecycle.text.data;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What English splits off the ends of a word and where it splits inside.
 *
 * <p>Each question looks at a few characters only, so that long words cost no more than their
 * length; a run of dots is the exception, and it is taken at once.
 */
final class Affixes {
  private static final String PUNCT =
      "…,:;!?¿\u061f¡()[]{}<>_#*&\u3002\uff1f\uff01\uff0c\u3001\uff1b\uff1a\uff5e·\u0964\u060c"
          + "\u06d4\u061b\u066a";
  private static final String QUOTES =
      "'\"”“`‘´’‚,„»«\u300c\u300d\u300e\u300f\uff08\uff09\u3014\u3015\u3010\u3011\u300a\u300b"
          + "\u3008\u3009\u2329\u232a\u27e6\u27e7";
  private static final String BEFORE_A_FULL_STOP = PUNCT + QUOTES + "%²-+|?:()";
  private static final String CURRENCY = "$£€¥\u0e3f\ufdfc";
  private static final String[] DOLLARS = {"US$", "C$", "A$"};
  private static final Set<String> UNITS =
      Stream.of(
              "km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t",
              "lb oz m/s km/h kmh mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K % км км² км³ м",
              "м² м³ дм дм² дм³ см см² см³ мм мм² мм³ нм кг г мг м/с км/ч кПа Па мбар Кб КБ кб",
              "Мб МБ мб Гб ГБ гб Тб ТБ тб كم كم² كم³ م م² م³ سم سم² سم³ مم مم² مم³ غرام جرام جم",
              "كغ ملغ كوب اكواب")
          .flatMap(line -> Stream.of(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());
  private static final int MAX_UNIT = 5;
  private static final String[] HYPHENS = {"-", "–", "—", "--", "---", "——", "~"};

  private Affixes() {}

  /** Returns the length of what stands apart at the beginning of {@code s[lo, hi)}; or 0. */
  static int prefix(String s, int lo, int hi) {
    if (lo >= hi) {
      return 0;
    }
    int cp = s.codePointAt(lo);
    if (cp == '.') {
      int dots = dotsFrom(s, lo, hi);
      return dots > 1 ? dots : 0;
    }
    if (cp == '+') {
      return lo + 1 < hi && Chars.isDigit(s.charAt(lo + 1)) ? 0 : 1;
    }
    if ("§%=".indexOf(cp) >= 0 || isSuffixSign(cp) || isCurrency(cp)) {
      return Character.charCount(cp);
    }
    for (String dollar : DOLLARS) {
      if (lo + dollar.length() <= hi && s.startsWith(dollar, lo)) {
        return dollar.length();
      }
    }
    return 0;
  }

  /** Returns the length of the longest piece that stands apart at the end of {@code s[lo, hi)}. */
  static int suffix(String s, int lo, int hi) {
    if (lo >= hi) {
      return 0;
    }
    int cp = s.codePointBefore(hi);
    int before = hi - Character.charCount(cp);
    int previous = before > lo ? s.codePointBefore(before) : -1;
    if (cp == '.') {
      return fullStop(s, lo, hi, previous);
    }
    if (cp == '…' && previous == '…') {
      return 2;
    }
    if (cp == '+') {
      return Chars.isDigit(previous) ? 1 : 0;
    }
    if ((cp == 's' || cp == 'S') && (previous == '\'' || previous == '’')) {
      return 2;
    }
    int length = isSuffixSign(cp) ? hi - before : 0;
    return Math.max(length, amount(s, lo, hi));
  }

  private static int fullStop(String s, int lo, int hi, int previous) {
    if (previous == '.') {
      int from = hi;
      while (from > lo && s.charAt(from - 1) == '.') {
        from--;
      }
      return hi - from;
    }
    if (previous < 0) {
      return 0;
    }
    if (Chars.isDigit(previous)
        || Chars.isLower(previous)
        || BEFORE_A_FULL_STOP.indexOf(previous) >= 0) {
      return 1;
    }
    int at = hi - 1 - Character.charCount(previous);
    int second = at > lo ? s.codePointBefore(at) : -1;
    boolean capitals = Chars.isUpper(previous) && second >= 0 && Chars.isUpper(second);
    boolean degrees = second == '°' && "FCK".indexOf(previous) >= 0;
    return capitals || degrees ? 1 : 0;
  }

  /** The unit or currency behind a digit. */
  private static int amount(String s, int lo, int hi) {
    for (int length = Math.min(MAX_UNIT, hi - lo - 1); length > 0; length--) {
      int from = hi - length;
      if (Chars.isDigit(s.charAt(from - 1))) {
        String unit = s.substring(from, hi);
        if (UNITS.contains(unit)
            || isCurrency(unit.codePointAt(0)) && length == 1
            || Set.of(DOLLARS).contains(unit)) {
          return length;
        }
      }
    }
    return 0;
  }

  /** Returns the length of what splits {@code s[lo, hi)} at a place inside; or 0. */
  static int infix(String s, int lo, int hi, int at) {
    int cp = s.codePointAt(at);
    int width = Character.charCount(cp);
    if (cp == '.') {
      int dots = dotsFrom(s, at, hi);
      if (dots > 1) {
        return dots;
      }
    }
    if (cp == '…' || isIcon(cp)) {
      return width;
    }
    int before = at > lo ? s.codePointBefore(at) : -1;
    int after = at + width < hi ? s.codePointAt(at + width) : -1;
    if (before < 0 || after < 0) {
      return 0;
    }
    boolean splits =
        switch (cp) {
          case '.' ->
              (Chars.isLower(before) || QUOTES.indexOf(before) >= 0)
                  && (Chars.isUpper(after) || QUOTES.indexOf(after) >= 0);
          case ',' -> Chars.isAlpha(before) && Chars.isAlpha(after);
          case ':', '<', '>', '=', '/' ->
              (Chars.isAlpha(before) || Chars.isDigit(before)) && Chars.isAlpha(after);
          case '+', '-', '*', '^' ->
              Chars.isDigit(before) && (Chars.isDigit(after) || after == '-');
          default -> false;
        };
    return splits ? width : hyphen(s, hi, at, before);
  }

  private static int hyphen(String s, int hi, int at, int before) {
    if (Chars.isAlpha(before) || Chars.isDigit(before)) {
      for (String hyphen : HYPHENS) {
        int end = at + hyphen.length();
        if (end < hi && s.startsWith(hyphen, at) && Chars.isAlpha(s.codePointAt(end))) {
          return hyphen.length();
        }
      }
    }
    return 0;
  }

  private static int dotsFrom(String s, int from, int hi) {
    int i = from;
    while (i < hi && s.charAt(i) == '.') {
      i++;
    }
    return i - from;
  }

  /** What stands apart at both ends. */
  private static boolean isSuffixSign(int cp) {
    return PUNCT.indexOf(cp) >= 0
        || QUOTES.indexOf(cp) >= 0
        || cp == '—'
        || cp == '–'
        || isIcon(cp);
  }

  private static boolean isCurrency(int cp) {
    return CURRENCY.indexOf(cp) >= 0 || cp >= 0x20A0 && cp <= 0x20BF;
  }

  /** Emoji, dingbats and other pictures. */
  private static boolean isIcon(int cp) {
    return cp > 0xA5 && Character.getType(cp) == Character.OTHER_SYMBOL;
  }
}
