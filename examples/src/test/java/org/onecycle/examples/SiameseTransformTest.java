package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.examples.SiameseTransform.Pair;
import org.onecycle.tensor.Rng;

class SiameseTransformTest {
  private static final Function<Path, String> LABEL = Photos.LABEL;

  private final List<Path> files = files("american_bulldog", "Bengal", "pug", "shiba_inu");
  private final Splits splits = Splitters.random(42).split(files);
  private final SiameseTransform tfm = new SiameseTransform(files, LABEL, splits, 42);

  private static List<Path> files(String... breeds) {
    List<Path> all = new ArrayList<>();
    for (String breed : breeds) {
      for (int i = 1; i <= 100; i++) {
        all.add(Path.of("photos", breed + "_" + i + ".jpg"));
      }
    }
    return all;
  }

  private Set<Path> of(Split split) {
    Set<Path> out = new HashSet<>();
    for (int i : splits.of(split)) {
      out.add(files.get(i));
    }
    return out;
  }

  private List<Pair> pairs(SiameseTransform from, Split split, long seed) {
    Rng rng = new Rng(seed);
    List<Pair> out = new ArrayList<>();
    for (int i : splits.of(split)) {
      out.add(from.draw(files.get(i), split, rng.split()));
    }
    return out;
  }

  @Test
  @DisplayName("VIS-15 no item's partner comes from the other split")
  void partnersStayInTheSplit() {
    for (Split split : Split.values()) {
      Set<Path> own = of(split);
      for (int epoch = 0; epoch < 5; epoch++) {
        for (Pair pair : pairs(tfm, split, epoch)) {
          assertTrue(own.contains(pair.second()), pair + " of " + split);
        }
      }
    }
  }

  @Test
  @DisplayName("VIS-16 the label of great_pyrenees_173.jpg is great_pyrenees")
  void labels() {
    assertEquals("great_pyrenees", LABEL.apply(Path.of("a_1/great_pyrenees_173.jpg")));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> LABEL.apply(Path.of("great_pyrenees.jpg")));
    assertTrue(e.getMessage().contains("great_pyrenees.jpg"), e::getMessage);
  }

  @Test
  void theTargetSaysWhetherTheBreedsAreTheSame() {
    for (Split split : Split.values()) {
      for (Pair pair : pairs(tfm, split, 1)) {
        assertEquals(
            LABEL.apply(pair.first()).equals(LABEL.apply(pair.second())), pair.same(), pair + "");
        assertNotEquals(pair.first(), pair.second());
      }
    }
  }

  @Test
  void halfOfThePairsAreOfOneBreed() {
    int same = 0;
    int all = 0;
    for (int epoch = 0; epoch < 10; epoch++) {
      for (Pair pair : pairs(tfm, Split.TRAIN, epoch)) {
        same += pair.same() ? 1 : 0;
        all++;
      }
    }
    // Four standard deviations.
    assertEquals(0.5, (double) same / all, 2 / Math.sqrt(all));
  }

  @Test
  void trainingPairsAreDrawnAnewValidationPairsOnce() {
    assertNotEquals(pairs(tfm, Split.TRAIN, 1), pairs(tfm, Split.TRAIN, 2));
    assertEquals(pairs(tfm, Split.VALID, 1), pairs(tfm, Split.VALID, 2));
  }

  @Test
  void oneSeedGivesTheSamePairs() {
    SiameseTransform again = new SiameseTransform(files, LABEL, splits, 42);
    SiameseTransform other = new SiameseTransform(files, LABEL, splits, 43);
    for (Split split : Split.values()) {
      assertEquals(pairs(tfm, split, 1), pairs(again, split, 1));
    }
    assertNotEquals(pairs(tfm, Split.VALID, 1), pairs(other, Split.VALID, 1));
  }

  @Test
  void aLonelyPhotoIsPairedWithAnotherBreed() {
    List<Path> few = List.of(Path.of("pug_1.jpg"), Path.of("pug_2.jpg"), Path.of("Bengal_1.jpg"));
    Splits all = new Splits(new int[] {0, 1, 2}, new int[] {0, 2});
    SiameseTransform lonely = new SiameseTransform(few, LABEL, all, 1);
    for (int i = 0; i < 20; i++) {
      Pair pair = lonely.draw(few.get(2), Split.TRAIN, new Rng(i));
      assertEquals("pug", LABEL.apply(pair.second()));
    }
  }

  @Test
  void oneBreedMakesNoPairs() {
    List<Path> one = List.of(Path.of("pug_1.jpg"), Path.of("pug_2.jpg"));
    Splits half = new Splits(new int[] {0}, new int[] {1});
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new SiameseTransform(one, LABEL, half, 1));
    assertEquals(
        "pairs expect at least two breeds among the 1 photos of TRAIN, got [pug]", e.getMessage());
  }
}
