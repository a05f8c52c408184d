package org.onecycle.text.data;

/** The rules on repeated characters and words, in one pass instead of a pattern that backtracks. */
final class Repeats {
  private static final int LEAST = 3;

  private Repeats() {}

  static String replaceRep(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int cp = text.codePointAt(i);
      int width = Character.charCount(cp);
      int end = i + width;
      while (end < text.length() && text.codePointAt(end) == cp) {
        end += width;
      }
      int count = (end - i) / width;
      if (count >= LEAST && !Chars.isSpace(cp)) {
        out.append(' ').append(Specials.REP).append(' ').append(count);
        out.append(' ').appendCodePoint(cp).append(' ');
      } else {
        out.append(text, i, end);
      }
      i = end;
    }
    return out.toString();
  }

  static String replaceWrep(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    int i = 0;
    while (i < text.length()) {
      // A repetition begins at the start of the text or with the white space before its word.
      int word = Chars.isSpace(text.charAt(i)) ? i + 1 : i == 0 ? 0 : -1;
      Run run = word < 0 ? null : Run.at(text, word);
      if (run == null) {
        i++;
      } else {
        out.append(text, copied, i);
        out.append(' ').append(Specials.WREP).append(' ').append(run.count());
        out.append(' ').append(text, word, run.wordEnd()).append(' ');
        copied = run.end();
        i = copied;
        // The character after the repetition belongs to it: it begins no other.
        if (copied < text.length()) {
          int width = Character.charCount(text.codePointAt(copied));
          out.append(text, copied, copied + width);
          copied += width;
          i = copied;
        }
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** A word that is repeated, followed by something else than a letter. */
  private record Run(int wordEnd, int count, int end) {

    static Run at(String text, int start) {
      int wordEnd = endOfWord(text, start);
      if (wordEnd == start) {
        return null; // before looking further: a long run of spaces would be walked for each
      }
      int next = endOfSpace(text, wordEnd);
      if (next == wordEnd) {
        return null;
      }
      int length = wordEnd - start;
      int count = 1;
      int end = wordEnd;
      while (text.regionMatches(start, text, next, length)) {
        int after = next + length;
        if (after < text.length() && Chars.isWord(text.codePointAt(after))) {
          break;
        }
        count++;
        end = after;
        next = endOfSpace(text, after);
        if (next == after) {
          break;
        }
      }
      return count >= LEAST ? new Run(wordEnd, count, end) : null;
    }
  }

  private static int endOfWord(String text, int from) {
    int i = from;
    while (i < text.length() && Chars.isWord(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  private static int endOfSpace(String text, int from) {
    int i = from;
    while (i < text.length() && Chars.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
