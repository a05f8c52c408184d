package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fills texts up to one length, under fastai's names. */
public final class Padding {
  private Padding() {}

  /**
   * Fills every text up to the length of the longest.
   *
   * @param padFirst whether padding stands before the text
   * @param backwards whether the result is turned round
   */
  public static List<int[]> padInput(
      List<int[]> texts, int padId, boolean padFirst, boolean backwards) {
    int length = longest(texts);
    List<int[]> out = new ArrayList<>();
    for (int[] text : texts) {
      // Turned round as a whole, so that padding stays on the side that was asked for.
      int[] row = new int[length];
      Arrays.fill(row, padId);
      int at = padFirst ? length - text.length : 0;
      for (int i = 0; i < text.length; i++) {
        row[at + i] = backwards ? text[text.length - 1 - i] : text[i];
      }
      out.add(row);
    }
    return out;
  }

  /**
   * Fills a text up so that it begins with a chunk: whole chunks of padding before it, the rest
   * behind; without padFirst all of it behind.
   *
   * @throws IllegalArgumentException if the text is longer than {@code length}
   */
  public static int[] padChunk(int[] text, int padId, boolean padFirst, int seqLen, int length) {
    if (text.length > length || seqLen < 1) {
      throw new IllegalArgumentException(
          "padChunk expects at most %d tokens and seqLen from 1, got %d and %d"
              .formatted(length, text.length, seqLen));
    }
    int[] row = new int[length];
    Arrays.fill(row, padId);
    int before = padFirst ? (length - text.length) / seqLen * seqLen : 0;
    System.arraycopy(text, 0, row, before, text.length);
    return row;
  }

  /**
   * Fills texts up by {@link #padChunk}. The common length is that of the longest, rounded up to
   * whole chunks when it is more than one: otherwise a text could end before the last chunk begins,
   * while a shorter one goes on (fastai's issue 3379).
   */
  public static List<int[]> padInputChunk(
      List<int[]> texts, int padId, boolean padFirst, int seqLen) {
    int length = rounded(longest(texts), seqLen);
    return texts.stream().map(t -> padChunk(t, padId, padFirst, seqLen, length)).toList();
  }

  static int rounded(int longest, int seqLen) {
    return longest <= seqLen ? longest : (longest + seqLen - 1) / seqLen * seqLen;
  }

  private static int longest(List<int[]> texts) {
    return texts.stream().mapToInt(t -> t.length).max().orElse(0);
  }
}
