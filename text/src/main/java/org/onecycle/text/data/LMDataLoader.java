package org.onecycle.text.data;

import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Split;

/**
 * Loaders of language models: the texts follow each other as one, cut into {@code bs} rows that are
 * read side by side, so that the state of a recurrent model goes on from batch to batch.
 *
 * <p>Of N tokens the first {@code bs * floor((N - 1) / bs)} are read, {@code bl} a row. Batch k is
 * x {@code [bs, T]} and y {@code [bs, T]}, INT64: row r of x holds the tokens from {@code r * bl +
 * k * seqLen} on, y those one further. T is seqLen, in the last batch what is left.
 */
public final class LMDataLoader {
  /** Rows of a batch by default. */
  public static final int BS = 64;

  /** Tokens of a row by default. */
  public static final int SEQ_LEN = 72;

  private LMDataLoader() {}

  /**
   * A loader over some texts. In training the texts follow each other in another order each epoch.
   *
   * @throws IllegalArgumentException if there is less than one token and its successor a row
   */
  public static DataLoader of(
      List<int[]> docs, int bs, int seqLen, Split split, LoaderOptions options) {
    return new DataLoader(
        new LMSource(List.copyOf(docs), bs, seqLen, split, split == Split.TRAIN), options);
  }
}
