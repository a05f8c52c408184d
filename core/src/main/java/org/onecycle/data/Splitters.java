package org.onecycle.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.onecycle.tensor.Rng;

/** The usual splitters, under fastai's names. */
public final class Splitters {
  private Splitters() {}

  /** A random fifth validates. */
  public static Splitter<Object> random(long seed) {
    return random(0.2, seed);
  }

  /** The first {@code (int) (validPct * n)} items of a seeded permutation validate. */
  public static Splitter<Object> random(double validPct, long seed) {
    fraction("validPct", validPct);
    return items -> {
      int[] order = new Rng(seed).permutation(items.size());
      int cut = (int) (validPct * order.length);
      return new Splits(
          Arrays.copyOfRange(order, cut, order.length), Arrays.copyOfRange(order, 0, cut));
    };
  }

  /** The items at these indices validate, in the order given. */
  public static Splitter<Object> index(int... valid) {
    int[] copy = valid.clone();
    return items -> {
      Set<Integer> set = IntStream.of(copy).boxed().collect(Collectors.toSet());
      Splits splits = new Splits(indices(items.size(), i -> !set.contains(i)), copy);
      splits.check(items.size());
      return splits;
    };
  }

  /** The last fifth validates. */
  public static Splitter<Object> end() {
    return end(0.2, true);
  }

  /** The last (or first) {@code (int) (validPct * n)} items validate: for data ordered in time. */
  public static Splitter<Object> end(double validPct, boolean validLast) {
    fraction("validPct", validPct);
    return items -> {
      int n = items.size();
      int cut = (int) (validPct * n);
      return where(n, i -> validLast ? i >= n - cut : i < cut);
    };
  }

  /** Files below {@code .../train/label/} train, those below {@code .../valid/label/} validate. */
  public static Splitter<Path> grandparent() {
    return grandparent("train", "valid");
  }

  /**
   * Splits files by the name of the folder above their own; files of other folders are left out.
   */
  public static Splitter<Path> grandparent(String train, String valid) {
    return items ->
        new Splits(
            indices(items.size(), i -> grandparentOf(items.get(i)).equals(train)),
            indices(items.size(), i -> grandparentOf(items.get(i)).equals(valid)));
  }

  /** The items for which the predicate holds validate. */
  public static <I> Splitter<I> func(Predicate<? super I> isValid) {
    return items -> where(items.size(), i -> isValid.test(items.get(i)));
  }

  /** The rows whose column {@code is_valid} is true (or 1) validate. */
  public static Splitter<Map<String, ?>> col() {
    return col("is_valid");
  }

  /**
   * The rows that have one of these values in a column validate; without values those where the
   * column is true (or 1).
   *
   * @return a splitter that throws IllegalArgumentException naming row and column, if there is no
   *     such column, or it is neither true nor false
   */
  public static Splitter<Map<String, ?>> col(String column, Object... values) {
    return new ColSplitter(column, List.of(values));
  }

  /** The items whose place in the mask is true validate. */
  public static Splitter<Object> mask(boolean... valid) {
    boolean[] copy = valid.clone();
    return items -> {
      if (copy.length != items.size()) {
        throw new IllegalArgumentException(
            "Splitters.mask expects one value per item, got "
                + copy.length
                + " for "
                + items.size()
                + " items");
      }
      return where(copy.length, i -> copy[i]);
    };
  }

  /** The files whose names stand in a text file, one a line, validate. */
  public static Splitter<Path> file(Path names) {
    return items -> {
      try (var lines = Files.lines(names)) {
        Set<String> valid = lines.map(String::strip).collect(Collectors.toSet());
        return where(items.size(), i -> valid.contains(items.get(i).getFileName().toString()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the names of validation files: " + names, e);
      }
    };
  }

  /** A random part trains, another validates; sizes below 1 are fractions, others counts. */
  public static Splitter<Object> randomSubset(double train, double valid, long seed) {
    return items -> {
      int n = items.size();
      int nTrain = (int) (train < 1 ? n * train : train);
      int nValid = (int) (valid < 1 ? n * valid : valid);
      if (nTrain < 0 || nValid < 0 || nTrain + nValid > n) {
        throw new IllegalArgumentException(
            "Splitters.randomSubset expects at most "
                + n
                + " items in both parts, got "
                + nTrain
                + " and "
                + nValid);
      }
      int[] order = new Rng(seed).permutation(n);
      return new Splits(
          Arrays.copyOfRange(order, 0, nTrain), Arrays.copyOfRange(order, nTrain, nTrain + nValid));
    };
  }

  /** Splits at random so that every class keeps its share in both parts. */
  public static <I> Splitter<I> trainTest(
      double validPct, long seed, Function<? super I, ?> stratify) {
    fraction("validPct", validPct);
    return items -> Stratified.split(items, validPct, seed, stratify);
  }

  /** Splits by a rule on the index. */
  static Splits where(int n, IntPredicate isValid) {
    return new Splits(indices(n, isValid.negate()), indices(n, isValid));
  }

  private static int[] indices(int n, IntPredicate keep) {
    return IntStream.range(0, n).filter(keep).toArray();
  }

  private static String grandparentOf(Path file) {
    Path parent = file.getParent();
    Path folder = parent == null ? null : parent.getParent();
    return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " expects a number in [0, 1], got " + value);
    }
  }
}
