package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;

/**
 * Splits English as spaCy's rules do: at white space; then known exceptions ({@code don't}, {@code
 * U.S.}, {@code :-)}); then punctuation, quotes, currencies and units off the ends of the words;
 * then addresses as a whole; then hyphens and the like inside words; last, exceptions that lay
 * hidden behind other signs are put together.
 *
 * <p>White space other than single spaces makes tokens, such as a line's end. Every text takes time
 * in proportion to its length.
 */
public final class WordTokenizer implements TokenSplitter, Exportable {
  private static final Map<String, List<String>> EXCEPTIONS = WordExceptions.english();
  private static final int LONGEST =
      EXCEPTIONS.keySet().stream().mapToInt(String::length).max().orElse(0);

  /** The exceptions that affixes take apart, with the pieces. */
  private static final Map<String, List<String>> BROKEN = broken();

  private static final Set<String> FIRST_PIECES = firstPieces();

  /** Makes a tokenizer. */
  public WordTokenizer() {}

  private static Map<String, List<String>> broken() {
    Map<String, List<String>> broken = new HashMap<>();
    for (String word : EXCEPTIONS.keySet()) {
      List<String> pieces = new ArrayList<>();
      affixes(word, 0, word.length(), pieces, false);
      if (pieces.size() > 1) {
        broken.put(word, List.copyOf(pieces));
      }
    }
    return Map.copyOf(broken);
  }

  private static Set<String> firstPieces() {
    Set<String> first = new HashSet<>();
    BROKEN.values().forEach(pieces -> first.add(pieces.get(0)));
    return Set.copyOf(first);
  }

  @Override
  public Spec spec() {
    return Spec.of("text.word_tokenizer");
  }

  @Override
  public List<String> split(String text) {
    List<String> tokens = new ArrayList<>(text.length() / 4 + 1);
    BitSet apart = new BitSet();
    int start = 0;
    boolean space = !text.isEmpty() && Chars.isSpace(text.charAt(0));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Chars.isSpace(c) != space) {
        piece(text, start, i, space, tokens);
        start = i;
        if (c == ' ') {
          start++;
          apart.set(tokens.size());
        }
        space = !space;
      }
    }
    piece(text, start, text.length(), space, tokens);
    return joined(tokens, apart);
  }

  private static void piece(String s, int lo, int hi, boolean space, List<String> out) {
    if (space && lo < hi) {
      out.add(s.substring(lo, hi));
    } else {
      affixes(s, lo, hi, out, true);
    }
  }

  private static void affixes(
      String s, int from, int to, List<String> out, boolean withExceptions) {
    List<String> suffixes = new ArrayList<>();
    int lo = from;
    int hi = to;
    while (lo < hi && !(withExceptions && isException(s, lo, hi))) {
      int prefix = Affixes.prefix(s, lo, hi);
      if (prefix > 0 && withExceptions && isException(s, lo + prefix, hi)) {
        out.add(s.substring(lo, lo + prefix));
        lo += prefix;
        break;
      }
      int suffix = Affixes.suffix(s, lo + prefix, hi);
      if (suffix > 0 && withExceptions && isException(s, lo, hi - suffix)) {
        suffixes.add(s.substring(hi - suffix, hi));
        hi -= suffix;
        break;
      }
      if (prefix + suffix == 0) {
        break;
      }
      if (prefix > 0) {
        out.add(s.substring(lo, lo + prefix));
        lo += prefix;
      }
      if (suffix > 0) {
        suffixes.add(s.substring(hi - suffix, hi));
        hi -= suffix;
      }
    }
    if (lo < hi) {
      if (withExceptions && isException(s, lo, hi)) {
        out.addAll(EXCEPTIONS.get(s.substring(lo, hi)));
      } else if (Urls.matches(s, lo, hi)) {
        out.add(s.substring(lo, hi));
      } else {
        infixes(s, lo, hi, out);
      }
    }
    Collections.reverse(suffixes);
    out.addAll(suffixes);
  }

  private static boolean isException(String s, int lo, int hi) {
    return lo < hi && hi - lo <= LONGEST && EXCEPTIONS.containsKey(s.substring(lo, hi));
  }

  private static void infixes(String s, int lo, int hi, List<String> out) {
    int start = lo;
    int i = lo;
    while (i < hi) {
      int length = Affixes.infix(s, lo, hi, i);
      if (length == 0) {
        i += Character.charCount(s.codePointAt(i));
        continue;
      }
      // What begins the word stays with it.
      if (i > lo) {
        if (i > start) {
          out.add(s.substring(start, i));
        }
        out.add(s.substring(i, i + length));
        start = i + length;
      }
      i += length;
    }
    if (start < hi) {
      out.add(s.substring(start, hi));
    }
  }

  /**
   * Puts exceptions together that lie among the pieces: the longest first, of equal ones the
   * earliest. Pieces with a space between them stay apart, but no other exception takes them.
   */
  private static List<String> joined(List<String> pieces, BitSet apart) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (FIRST_PIECES.contains(pieces.get(i))) {
        find(pieces, i, found);
      }
    }
    if (found.isEmpty()) {
      return pieces;
    }
    found.sort((a, b) -> a.count() != b.count() ? b.count() - a.count() : a.from() - b.from());
    Found[] at = new Found[pieces.size()];
    BitSet taken = new BitSet();
    for (Found f : found) {
      int gap = apart.nextSetBit(f.from() + 1);
      boolean whole = gap < 0 || gap >= f.to();
      if (whole && !taken.get(f.from()) && !taken.get(f.to() - 1)) {
        at[f.from()] = f;
      }
      taken.set(f.from(), f.to());
    }
    List<String> out = new ArrayList<>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      if (at[i] == null) {
        out.add(pieces.get(i));
      } else {
        out.addAll(EXCEPTIONS.get(at[i].word()));
        i = at[i].to() - 1;
      }
    }
    return out;
  }

  /** The pieces from {@code from} to before {@code to} are this word, if they belong together. */
  private record Found(int from, int to, String word) {
    int count() {
      return to - from;
    }
  }

  private static void find(List<String> pieces, int from, List<Found> found) {
    StringBuilder word = new StringBuilder(pieces.get(from));
    for (int i = from + 1; i < pieces.size(); i++) {
      if (word.length() + pieces.get(i).length() > LONGEST) {
        return;
      }
      word.append(pieces.get(i));
      List<String> broken = BROKEN.get(word.toString());
      if (broken != null && broken.equals(pieces.subList(from, i + 1))) {
        found.add(new Found(from, i + 1, word.toString()));
      }
    }
  }
}
