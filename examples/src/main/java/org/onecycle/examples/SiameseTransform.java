package org.onecycle.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.onecycle.data.Category;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Transform;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;

/**
 * Makes of a photo a pair: the photo, a partner, and 1 if both show the same breed, 0 if not.
 *
 * <p>Every second partner is of the same breed. Partners come from the photo's own split, so that a
 * network is never asked about a photo it was trained on; in training they are drawn anew each
 * epoch, in validation once.
 */
final class SiameseTransform implements Transform<Path, Sample> {
  /** The photos by number: the item, its partner, and whether their breeds are the same. */
  record Pair(Path first, Path second, boolean same) {}

  private final Function<? super Path, String> label;
  private final long seed;
  private final Map<Split, TreeMap<String, List<Path>>> breeds = new HashMap<>();
  private final Map<Path, Integer> validating = new HashMap<>();

  /**
   * Sorts the files by split and breed.
   *
   * @throws IllegalArgumentException if a split has no pair of different breeds
   */
  SiameseTransform(
      List<Path> files, Function<? super Path, String> label, Splits splits, long seed) {
    this.label = label;
    this.seed = seed;
    for (Split split : Split.values()) {
      TreeMap<String, List<Path>> byBreed = new TreeMap<>();
      for (int i : splits.of(split)) {
        Path file = files.get(i);
        byBreed.computeIfAbsent(label.apply(file), b -> new ArrayList<>()).add(file);
        if (split == Split.VALID) {
          validating.put(file, i);
        }
      }
      if (byBreed.size() < 2) {
        throw new IllegalArgumentException(
            "pairs expect at least two breeds among the %d photos of %s, got %s"
                .formatted(splits.of(split).length, split, byBreed.keySet()));
      }
      breeds.put(split, byBreed);
    }
  }

  /** Draws a photo's partner. */
  Pair draw(Path file, Split split, Rng rng) {
    Integer number = split == Split.VALID ? validating.get(file) : null;
    Rng own = number == null ? rng : Rng.of(seed, number);
    TreeMap<String, List<Path>> byBreed = breeds.get(split);
    String breed = label.apply(file);
    List<Path> alike = without(file, byBreed.getOrDefault(breed, List.of()));
    boolean same = own.nextBoolean(0.5) && !alike.isEmpty();
    if (!same) {
      List<String> others = without(breed, List.copyOf(byBreed.keySet()));
      alike = byBreed.get(others.get(own.nextInt(others.size())));
    }
    return new Pair(file, alike.get(own.nextInt(alike.size())), same);
  }

  private static <T> List<T> without(T one, List<T> all) {
    return all.stream().filter(x -> !x.equals(one)).toList();
  }

  @Override
  public Class<Path> accepts() {
    return Path.class;
  }

  @Override
  public Class<Sample> produces() {
    return Sample.class;
  }

  @Override
  public Sample encode(Path file, Split split, Rng rng) {
    Pair pair = draw(file, split, rng);
    return Sample.of(
        Image.open(pair.first()), Image.open(pair.second()), new Category(pair.same() ? 1 : 0));
  }
}
