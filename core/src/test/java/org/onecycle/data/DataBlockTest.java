package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.loss.BCEWithLogitsLossFlat;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.tensor.Rng;

class DataBlockTest {
  private static final List<String> WORDS = List.of("a1", "b2", "a3", "b4", "a5");
  private static final Rng RNG = new Rng(1);

  private static DataBlockBuilder<List<? extends String>, String> words() {
    return DataBlock.<String>ofItems().splitter(Splitters.index(3, 4));
  }

  @Test
  @DisplayName("DAT-18 three blocks have two inputs; wrong counts name both numbers")
  void counts() {
    TransformBlock number = RegressionBlock.of();
    assertEquals(2, words().blocks(number, number, number).build().nInp());
    assertEquals(1, words().blocks(number).build().nInp());
    assertEquals(1, words().blocks(number, number, number).nInp(1).build().nInp());
    var wrong = words().blocks(number, number, number).getY(s -> 1, s -> 2);
    assertEquals(
        "DataBlock: getY expects one function for each of the 1 targets, got 2",
        assertThrows(IllegalArgumentException.class, wrong::build).getMessage());
    var getters = words().blocks(number, number).getters(s -> 1);
    String message = assertThrows(IllegalArgumentException.class, getters::build).getMessage();
    assertTrue(message.contains("2 blocks, got 1"), message);
  }

  @Test
  @DisplayName("DAT-10 several labels as numbers and one-hot, and back")
  void multiCategory() {
    MultiCategorize t = new MultiCategorize();
    t.setup(List.of(List.of("b", "c"), List.of("a"), List.of("a", "c"), List.of()));
    assertEquals(List.of("a", "b", "c"), t.vocab());
    MultiCategory both = t.encode(List.of("a", "c"), Split.TRAIN, RNG);
    assertEquals(List.of(0, 2), both.indices());
    assertEquals(List.of(), t.encode(List.of(), Split.TRAIN, RNG).indices());
    assertEquals("a;c", t.decode(both).toString());
    OneHotEncode oneHot = new OneHotEncode(() -> 3);
    assertArrayEquals(new float[] {1, 0, 1}, oneHot.encode(both, Split.TRAIN, RNG).values());
    assertEquals(List.of(1, 2), oneHot.decode(new OneHot(0, 1, 1)).indices());
    assertThrows(IllegalArgumentException.class, () -> t.encode(List.of("d"), Split.TRAIN, RNG));
  }

  @Test
  void loadersOfEachKindOfTarget() {
    try (Scope scope = Scope.open()) {
      TransformBlock number = RegressionBlock.of();
      var category =
          words()
              .blocks(number, CategoryBlock.of())
              .getX(s -> s.charAt(1) - '0')
              .getY(s -> s.substring(0, 1))
              .build()
              .dataLoaders(WORDS, o -> o.bs(2).workers(0));
      assertEquals(List.of("a", "b"), category.vocab());
      assertInstanceOf(CrossEntropyLossFlat.class, category.loss().orElseThrow());
      Batch valid = category.valid().oneBatch();
      assertArrayEquals(new float[] {4, 5}, valid.input(0).toFloats());
      assertArrayEquals(new long[] {1, 0}, valid.target(0).toLongs());

      var multi =
          words()
              .blocks(number, MultiCategoryBlock.of())
              .getX(String::length)
              .getY(s -> List.of(s.substring(0, 1), "z"))
              .build()
              .dataLoaders(WORDS, o -> o.bs(2).workers(0));
      assertInstanceOf(BCEWithLogitsLossFlat.class, multi.loss().orElseThrow());
      Batch rows = multi.valid().oneBatch();
      assertArrayEquals(new float[] {0, 1, 1, 1, 0, 1}, rows.target(0).toFloats());
      assertEquals("b;z", multi.decode(multi.valid(), rows, 1).get(0).get(1).toString());

      var regression =
          words().blocks(number, number).getters(String::length, String::length).build();
      assertInstanceOf(
          MSELossFlat.class, regression.dataLoaders(WORDS, o -> o.bs(2)).loss().orElseThrow());
      assertThrows(IllegalArgumentException.class, () -> regression.datasets(List.of()));
    }
  }

  @Test
  void summaryShowsEveryStep() {
    String text =
        words()
            .blocks(RegressionBlock.of(), CategoryBlock.of())
            .getX(String::length)
            .getY(s -> s.substring(0, 1))
            .build()
            .summary(WORDS);
    assertTrue(text.contains("splitter: 3 train, 2 validate"), text);
    assertTrue(text.contains("Categorize: Category INT64 []"), text);
    assertTrue(text.contains("collate 3: FLOAT [3], INT64 [3]"), text);
    assertTrue(text.endsWith("Every step succeeds.\n"), text);
  }

  /** As Kotlin and Scala do, which do not check exceptions. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> int sneak(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void summaryNamesWhatFailsInOtherLanguages() {
    String text =
        words()
            .blocks(RegressionBlock.of(), CategoryBlock.of())
            .getX(s -> DataBlockTest.<RuntimeException>sneak(new IOException("disk gone")))
            .getY(s -> s)
            .build()
            .summary(WORDS);
    assertTrue(text.contains("FAILS at getter of member 0 (an input)"), text);
    assertTrue(text.contains("why: disk gone"), text);
  }

  @Test
  void summaryNamesWhatFails() {
    TransformBlock number = RegressionBlock.of();
    String getter =
        words()
            .blocks(number, CategoryBlock.of())
            .getX(String::length)
            .getY(Labellers.regexLabeller("(x+)"))
            .build()
            .summary(WORDS);
    assertTrue(getter.contains("FAILS at getter of member 1 (a target), CategoryBlock"), getter);
    assertTrue(getter.contains("pattern (x+) is not found in item a1"), getter);

    String collate =
        words()
            .blocks(number, number)
            .getX(s -> new float[s.charAt(1) - '0'])
            .getY(String::length)
            .build()
            .summary(WORDS);
    assertTrue(collate.contains("FAILS at collate"), collate);
    assertTrue(collate.contains("member 0 (an input) (float[])"), collate);
    assertTrue(collate.contains("FLOAT [1] in item 0, FLOAT [2] in item 1"), collate);

    String transform =
        words()
            .blocks(number, CategoryBlock.of(List.of("b")))
            .getX(String::length)
            .getY(s -> s.substring(0, 1))
            .build()
            .summary(WORDS);
    assertTrue(transform.contains("FAILS at member 1 (a target), CategoryBlock, Categorize"));
    assertTrue(transform.contains("label a is not in the vocabulary [b]"), transform);
  }

  /** Takes the mean of the first batch away. */
  private static final class Centre implements BatchTransform {
    private double mean = Double.NaN;

    @Override
    public Batch encode(Batch batch, Split split, Rng rng) {
      return batch.withInputs(batch.input(0).sub(mean));
    }

    @Override
    public void setup(DataLoader train) {
      mean = Double.isNaN(mean) ? train.oneBatch().input(0).mean().item() : mean;
    }

    @Override
    public Centre fresh() {
      return new Centre();
    }
  }

  @Test
  void neitherSummaryNorLoadersTeachTheRecipe() {
    Centre centre = new Centre();
    Categorize labels = new Categorize();
    var block =
        words()
            .blocks(RegressionBlock.of(), TransformBlock.of("word", List::of))
            .getX(s -> s.charAt(1) - '0')
            .itemTfms(
                Transform.of(Float.class, float[].class, x -> new float[] {x}), Words.of(labels))
            .batchTfms(centre)
            .build();
    try (Scope scope = Scope.open()) {
      String text = block.summary(WORDS);
      assertTrue(text.endsWith("Every step succeeds.\n"), text);
      var first = block.dataLoaders(WORDS, o -> o.bs(3).workers(0));
      assertArrayEquals(new float[] {2, 3}, first.valid().oneBatch().input(0).toFloats());
      List<String> others = List.of("c1", "c1", "d1", "c9", "d9");
      var second = block.dataLoaders(others, o -> o.bs(3).workers(0));
      assertArrayEquals(new float[] {8, 8}, second.valid().oneBatch().input(0).toFloats());
      assertArrayEquals(new long[] {0, 1}, second.valid().oneBatch().target(0).toLongs());
      assertArrayEquals(new float[] {2, 3}, first.valid().oneBatch().input(0).toFloats());
    }
    assertTrue(Double.isNaN(centre.mean), "the recipe's own transform has learnt nothing");
    assertThrows(IllegalStateException.class, labels::vocab);
  }

  /** Numbers the first letters of words. */
  private record Words(Categorize letters) implements Transform<String, Category> {
    static Words of(Categorize letters) {
      return new Words(letters);
    }

    @Override
    public Class<String> accepts() {
      return String.class;
    }

    @Override
    public Class<Category> produces() {
      return Category.class;
    }

    @Override
    public Category encode(String word, Split split, Rng rng) {
      return letters.encode(word.substring(0, 1), split, rng);
    }

    @Override
    public void setup(Iterable<String> training) {
      List<Object> seen = new ArrayList<>();
      training.forEach(word -> seen.add(word.substring(0, 1)));
      letters.setup(seen);
    }

    @Override
    public Words fresh() {
      return new Words(letters.fresh());
    }
  }

  /** Loaders that give all samples as one batch. */
  private record Whole() implements LoaderFactory {
    @Override
    public DataLoader loader(Dataset samples, LoaderSettings settings) {
      return DataLoader.builder(samples)
          .bs(samples.size())
          .shuffle(false)
          .itemTfms(settings.itemTfms())
          .options(settings.options())
          .build();
    }
  }

  @Test
  void blocksBringTheirOwnLoaders() {
    TransformBlock whole = RegressionBlock.of().withLoaders(new Whole());
    var block = words().blocks(whole, whole).getters(String::length, String::length).build();
    assertEquals(3, block.dataLoaders(WORDS, o -> o.bs(1).workers(0)).oneBatch().size());
    assertEquals(2, block.dataLoaders(WORDS).testDl(List.of("x", "y")).oneBatch().size());
    var own =
        words()
            .blocks(whole, whole)
            .getters(String::length, String::length)
            .loaders(LoaderFactory.stacked())
            .build();
    assertEquals(1, own.dataLoaders(WORDS, o -> o.bs(1).workers(0)).oneBatch().size());
    var two = words().blocks(whole, CategoryBlock.of().withLoaders((samples, settings) -> null));
    String message = assertThrows(IllegalArgumentException.class, two::build).getMessage();
    assertTrue(
        message.startsWith(
            "DataBlock: RegressionBlock and CategoryBlock bring loaders of different kinds"),
        message);
  }

  @Test
  void membersMadeOnceAreReadOnce() {
    AtomicInteger read = new AtomicInteger();
    TransformBlock slow =
        TransformBlock.of(
            "slow",
            () ->
                List.of(
                    Transform.of(
                        String.class, Integer.class, s -> read.incrementAndGet() + s.length())));
    for (boolean once : new boolean[] {false, true}) {
      read.set(0);
      var dls =
          words()
              .blocks(once ? slow.madeOnce() : slow, RegressionBlock.of())
              .getY(String::length)
              .build()
              .dataLoaders(WORDS, o -> o.bs(3).workers(0));
      for (int epoch = 0; epoch < 4; epoch++) {
        dls.train().forEach(b -> {});
      }
      assertEquals(once ? 3 : 12, read.get());
    }
  }

  @Test
  void theItemThatTheBlocksCannotLearnFromIsNamed() {
    var block =
        words()
            .blocks(RegressionBlock.of(), CategoryBlock.of())
            .getX(String::length)
            .getY(s -> s.equals("b2") ? null : s)
            .build();
    assertEquals(
        "item 1 (b2): column 1 has no value for item b2",
        assertThrows(ItemException.class, () -> block.datasets(WORDS)).getMessage());
    String text = block.summary(WORDS);
    assertTrue(text.contains("FAILS at set-up of the blocks"), text);
    assertTrue(text.contains("why: item 1 (b2): column 1 has no value"), text);
  }

  @Test
  void aVocabularyIsThatOfTheTarget() {
    var dls =
        words()
            .blocks(CategoryBlock.of(), RegressionBlock.of())
            .getters(s -> s.substring(0, 1), String::length)
            .build()
            .dataLoaders(WORDS, o -> o.bs(1));
    assertEquals(List.of(), dls.vocab());
    assertEquals(List.of(List.of("a", "b"), List.of()), dls.vocabs());
  }
}
