package org.onecycle.text.models;

/** Decides how many of a batch's texts take part in a chunk; texts are sorted, longest first. */
@FunctionalInterface
interface RowRule {
  /**
   * All texts with a word before the end of the chunk. (fastai counts the texts whose first word in
   * the chunk is not padding: when one has ended before the chunk, the last ones lose their words,
   * its issue 3379.)
   */
  RowRule BEGUN =
      (words, rows, length, pad, from, to) -> {
        int last = 0;
        for (int r = 0; r < rows; r++) {
          if (has(words, r * length, r * length + to, pad)) {
            if (last < r) {
              throw new IllegalArgumentException(
                  "SentenceEncoder expects the longest texts first: row "
                      + r
                      + " begins before row "
                      + last);
            }
            last = r + 1;
          }
        }
        return last;
      };

  private static boolean has(long[] words, int from, int to, long pad) {
    for (int i = from; i < to; i++) {
      if (words[i] != pad) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the number of texts.
   *
   * @param words {@code rows x length}
   * @param from first column of the chunk
   * @param to the column after its last
   */
  int count(long[] words, int rows, int length, long pad, int from, int to);
}
