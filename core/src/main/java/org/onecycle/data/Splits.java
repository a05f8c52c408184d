package org.onecycle.data;

import java.util.Arrays;

/**
 * Which items train and which validate.
 *
 * @param train indices of the training items, in the order in which they are read
 * @param valid indices of the validation items
 */
public record Splits(int[] train, int[] valid) {

  /** Copies both arrays, so that a split never changes. */
  public Splits {
    train = train.clone();
    valid = valid.clone();
  }

  @Override
  public int[] train() {
    return train.clone();
  }

  @Override
  public int[] valid() {
    return valid.clone();
  }

  /** Returns the indices of one part. */
  public int[] of(Split split) {
    return split == Split.TRAIN ? train() : valid();
  }

  /** Throws IllegalArgumentException when an index lies outside {@code [0, n)}. */
  void check(int n) {
    for (Split split : Split.values()) {
      for (int i : split == Split.TRAIN ? train : valid) {
        if (i < 0 || i >= n) {
          throw new IllegalArgumentException(
              "Splits: index " + i + " of " + split + " is outside the " + n + " items");
        }
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Splits s && Arrays.equals(train, s.train) && Arrays.equals(valid, s.valid);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(train) + Arrays.hashCode(valid);
  }

  @Override
  public String toString() {
    return "Splits[train=" + Arrays.toString(train) + ", valid=" + Arrays.toString(valid) + "]";
  }
}
