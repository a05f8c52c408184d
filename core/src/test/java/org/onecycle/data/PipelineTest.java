package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;

class PipelineTest {
  private static final Transform<Integer, Integer> DOUBLED =
      Transform.of(Integer.class, Integer.class, x -> x * 2, x -> x / 2);

  @Test
  @DisplayName("DAT-19 a transform for one split leaves the other untouched")
  void splitOnly() {
    Pipeline p = Pipeline.of(DOUBLED.only(Split.VALID));
    assertEquals(3, p.encode(3, Split.TRAIN, new Rng(1)));
    assertEquals(6, p.encode(3, Split.VALID, new Rng(1)));
    assertEquals(6, p.decode(6, Split.TRAIN));
    assertEquals(3, p.decode(6, Split.VALID));
  }

  @Test
  @DisplayName("DAT-19 a transform maps over a sample by the members' types")
  void byType() {
    Sample s = Sample.of(1, "one", 2.5);
    assertEquals(Sample.of(2, "one", 2.5), Pipeline.of(DOUBLED).encode(s, Split.TRAIN, rng()));
  }

  @Test
  @DisplayName("DAT-19 (9, 3.0) with float-only +1, then square root -> (3, 2.0)")
  void floatOnlyThenSqrt() {
    Pipeline p =
        Pipeline.of(
            Transform.of(Double.class, Double.class, x -> x + 1),
            Transform.of(Number.class, Number.class, PipelineTest::sqrt));
    assertEquals(Sample.of(3, 2.0), p.encode(Sample.of(9, 3.0), Split.TRAIN, rng()));
  }

  private static Number sqrt(Number x) {
    double root = Math.sqrt(x.doubleValue());
    if (x instanceof Integer) {
      return (int) root;
    }
    return root;
  }

  @Test
  @DisplayName("DAT-19 decode runs in reverse")
  void reverse() {
    Pipeline p =
        Pipeline.of(
            Transform.of(Integer.class, Integer.class, x -> x * 4, x -> x / 4),
            Transform.of(Integer.class, Integer.class, x -> x - 2, x -> x + 2));
    assertEquals(2, p.encode(1, Split.TRAIN, rng()));
    assertEquals(1, p.decode(2, Split.TRAIN));
  }

  @Test
  void lowerOrderRunsFirstAndEqualOrderKeepsItsPlace() {
    List<String> ran = new ArrayList<>();
    Pipeline p =
        Pipeline.of(
            new Tracing("late", 10, ran),
            new Tracing("first", 0, ran),
            new Tracing("second", 0, ran));
    p.encode("x", Split.TRAIN, rng());
    assertEquals(List.of("first", "second", "late"), ran);
  }

  @Test
  void membersOfASampleSeeTheSameDraws() {
    Pipeline p = Pipeline.of(new Draw(), new Draw());
    Sample s = (Sample) p.encode(Sample.of(0.0, 0.0), Split.TRAIN, new Rng(5));
    assertEquals(s.get(0), s.get(1));
    Sample one = (Sample) Pipeline.of(new Draw()).encode(Sample.of(0.0), Split.TRAIN, new Rng(5));
    assertEquals(
        false, ((Double) s.get(0)).equals(2 * (Double) one.get(0)), "each transform draws anew");
  }

  @Test
  void setupSeesWhatEarlierTransformsMake() {
    Categorize categorize = new Categorize();
    Pipeline p =
        Pipeline.of(Transform.of(String.class, String.class, String::toUpperCase), categorize);
    p.setup(List.of("b", "a", "b"));
    assertEquals(List.of("A", "B"), categorize.vocab());
    assertEquals(new Category(1), p.encode("b", Split.VALID, rng()));
    assertEquals("B", p.decode(new Category(1), Split.VALID));
    assertThrows(
        IllegalStateException.class, () -> new Categorize().encode("a", Split.TRAIN, rng()));
  }

  private static Rng rng() {
    return new Rng(0);
  }

  private record Tracing(String tag, int order, List<String> ran)
      implements Transform<String, String> {
    @Override
    public Class<String> accepts() {
      return String.class;
    }

    @Override
    public Class<String> produces() {
      return String.class;
    }

    @Override
    public String encode(String x, Split split, Rng rng) {
      ran.add(tag);
      return x;
    }
  }

  private record Draw() implements Transform<Double, Double> {
    @Override
    public Class<Double> accepts() {
      return Double.class;
    }

    @Override
    public Class<Double> produces() {
      return Double.class;
    }

    @Override
    public Double encode(Double x, Split split, Rng rng) {
      return x + rng.nextDouble();
    }
  }
}
