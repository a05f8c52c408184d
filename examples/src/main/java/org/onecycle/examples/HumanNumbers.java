package org.onecycle.examples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;

/**
 * The numbers from one to nine thousand nine hundred ninety nine in words, one text: {@code one .
 * two . three . ..}. As in fastai's HUMAN_NUMBERS, eight thousand is not among them: it lies
 * between that data set's two files.
 *
 * @param words the text
 * @param vocab the different words in the order of their first appearance
 */
record HumanNumbers(List<String> words, List<String> vocab) {
  private static final int LAST = 9999;
  private static final int LEFT_OUT = 8000;
  private static final double TRAIN_SHARE = .8;
  private static final List<String> SMALL =
      List.of(
          "",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  static HumanNumbers generate() {
    List<String> words = new ArrayList<>();
    for (int n = 1; n <= LAST; n++) {
      if (n == LEFT_OUT) {
        continue;
      }
      if (n > 1) {
        words.add(".");
      }
      words.addAll(spell(n));
    }
    return new HumanNumbers(words, List.copyOf(new LinkedHashSet<>(words)));
  }

  static List<String> spell(int n) {
    List<String> out = new ArrayList<>();
    if (n >= 1000) {
      out.addAll(List.of(SMALL.get(n / 1000), "thousand"));
    }
    if (n / 100 % 10 > 0) {
      out.addAll(List.of(SMALL.get(n / 100 % 10), "hundred"));
    }
    int rest = n % 100;
    if (rest >= 20) {
      out.add(TENS.get(rest / 10));
      rest %= 10;
    }
    if (rest > 0) {
      out.add(SMALL.get(rest));
    }
    return out;
  }

  /**
   * Batches of sequences and the words that follow, the first four fifths of the text for training.
   * Row r of a batch goes on where row r of the batch before ended.
   */
  DataLoaders loaders(int bs, int length) {
    int[] ids = words.stream().mapToInt(vocab::indexOf).toArray();
    int sequences = (ids.length - 2) / length;
    int cut = (int) (sequences * TRAIN_SHARE);
    return DataLoaders.of(
        loader(Split.TRAIN, ids, 0, cut, bs, length),
        loader(Split.VALID, ids, cut, sequences, bs, length));
  }

  private static DataLoader loader(Split split, int[] ids, int from, int to, int bs, int length) {
    int batches = (to - from) / bs;
    if (batches == 0) {
      throw new IllegalArgumentException(
          "human-numbers has %d sequences for %s, fewer than a batch of %d"
              .formatted(to - from, split, bs));
    }
    long[] x = new long[batches * bs * length];
    long[] y = new long[x.length];
    for (int b = 0; b < batches; b++) {
      for (int r = 0; r < bs; r++) {
        int text = (from + b + r * batches) * length;
        int row = (b * bs + r) * length;
        for (int t = 0; t < length; t++) {
          x[row + t] = ids[text + t];
          y[row + t] = ids[text + t + 1];
        }
      }
    }
    int rows = batches * bs;
    return new DataLoader(
        RowSource.of(
            split,
            Sampler.of(rows, bs, false, true),
            1,
            HostArray.of(x, rows, length),
            HostArray.of(y, rows, length)),
        LoaderOptions.defaults());
  }
}
