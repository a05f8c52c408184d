package org.onecycle.text.models;

import java.util.Arrays;

/** Decides how many of a batch's texts take part in each chunk; texts are sorted, longest first. */
@FunctionalInterface
interface RowRule {
  /**
   * All texts with a word before the end of the chunk. (fastai counts the texts whose first word in
   * the chunk is not padding: when one has ended before the chunk, the last ones lose their words,
   * its issue 3379.)
   */
  RowRule BEGUN =
      (words, rows, length, pad, bptt) -> {
        int[] counts = new int[(length + bptt - 1) / bptt];
        int before = 0;
        for (int r = 0; r < rows; r++) {
          int first = r * length;
          while (first < (r + 1) * length && words[first] == pad) {
            first++;
          }
          int chunk = (first - r * length) / bptt;
          if (chunk < before) {
            throw new IllegalArgumentException(
                "SentenceEncoder expects the longest texts first: row %d begins before row %d"
                    .formatted(r, r - 1));
          }
          before = chunk;
          if (first < (r + 1) * length) {
            Arrays.fill(counts, chunk, counts.length, r + 1);
          }
        }
        return counts;
      };

  /**
   * Returns the number of texts for each chunk.
   *
   * @param words {@code rows x length}
   */
  int[] counts(long[] words, int rows, int length, long pad, int bptt);
}
