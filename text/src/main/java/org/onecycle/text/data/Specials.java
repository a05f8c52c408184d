package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The special tokens, under fastai's names; the place in {@link #ALL} is the number in a {@link
 * Vocab}.
 */
public final class Specials {
  /** A word outside the vocabulary. */
  public static final String UNK = "xxunk";

  /** What fills up rows of a batch. */
  public static final String PAD = "xxpad";

  /** The beginning of a text. */
  public static final String BOS = "xxbos";

  /** The end of a text. */
  public static final String EOS = "xxeos";

  /** The beginning of a field; its number follows. */
  public static final String FLD = "xxfld";

  /** A character that was repeated; count and character follow. */
  public static final String REP = "xxrep";

  /** A word that was repeated; count and word follow. */
  public static final String WREP = "xxwrep";

  /** The next word stood in capitals. */
  public static final String UP = "xxup";

  /** The next word began with a capital. */
  public static final String MAJ = "xxmaj";

  /** The special tokens in the order of their numbers. */
  public static final List<String> ALL = List.of(UNK, PAD, BOS, EOS, FLD, REP, WREP, UP, MAJ);

  /** The number of {@link #UNK}. */
  public static final int UNK_ID = 0;

  /** The number of {@link #PAD}. */
  public static final int PAD_ID = 1;

  /** What fills a vocabulary up to a multiple of eight. */
  static final String FAKE = "xxfake";

  private static final int MAX_COUNT = 1_000_000;

  private Specials() {}

  /**
   * Returns the tokens with what {@link #MAJ}, {@link #UP}, {@link #REP} and {@link #WREP} say put
   * into effect; tokens that make no sense, as those a model makes up may be, stay as they are.
   */
  public static List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean last = i + 1 == tokens.size();
      if (token.equals(MAJ) && !last) {
        out.add(capitalized(tokens.get(++i)));
      } else if (token.equals(UP) && !last) {
        out.add(tokens.get(++i).toUpperCase(Locale.ROOT));
      } else if ((token.equals(REP) || token.equals(WREP)) && i + 2 < tokens.size()) {
        int count = count(tokens.get(i + 1), tokens.get(i + 2).length());
        if (count == 0) {
          out.add(token);
          continue;
        }
        String what = tokens.get(i + 2);
        if (token.equals(REP)) {
          out.add(what.repeat(count));
        } else {
          for (int k = 0; k < count; k++) {
            out.add(what);
          }
        }
        i += 2;
      } else {
        out.add(token);
      }
    }
    return out;
  }

  /** The count, or 0 when it is none or would make a text that nobody wants. */
  private static int count(String digits, int length) {
    if (digits.isEmpty() || digits.length() > 7 || !digits.chars().allMatch(Chars::isDigit)) {
      return 0;
    }
    int count = Integer.parseInt(digits);
    return (long) count * length <= MAX_COUNT ? count : 0;
  }

  private static String capitalized(String word) {
    if (word.isEmpty()) {
      return word;
    }
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT)
        + word.substring(first).toLowerCase(Locale.ROOT);
  }
}
