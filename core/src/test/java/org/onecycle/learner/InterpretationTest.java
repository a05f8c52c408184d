package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splitters;
import org.onecycle.metric.Confusion;
import org.onecycle.nn.Linear;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class InterpretationTest {
  private record Item(double x, String label) {}

  /** Says "b" for positive x, with more certainty the larger x is. */
  private static Learner learner() {
    List<Item> items =
        List.of(
            new Item(0, "a"),
            new Item(0, "b"),
            new Item(-1, "a"),
            new Item(4, "a"),
            new Item(2, "b"),
            new Item(-3, "b"),
            new Item(2, "a"));
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    items,
                    Splitters.index(2, 3, 4, 5, 6).split(items),
                    List.of(
                        Column.of((Item i) -> new float[] {(float) i.x}),
                        Column.of(Item::label, new Categorize()))))
            .bs(2)
            .workers(0)
            .build();
    Linear model = new Linear(1, 2);
    model.ownParameters().get("weight").assign(Tensor.of(new float[] {-1, 1}, 2, 1));
    model.ownParameters().get("bias").assign(Tensor.zeros(2));
    return Learner.of(dls, model).progress(ProgressOutput.none()).build();
  }

  @Test
  @DisplayName("MET-16 top losses, the confusion matrix and the most confused classes")
  void numbers() {
    Interpretation i = Interpretation.of(learner());
    List<Interpretation.TopLoss> top = i.topLosses(3);
    assertEquals(List.of(1, 3, 4), top.stream().map(Interpretation.TopLoss::index).toList());
    assertEquals(Math.log1p(Math.exp(8)), top.get(0).loss(), 1e-5);
    assertEquals(List.of(2), i.lowestLosses(1).stream().map(t -> t.index()).toList());
    assertEquals(5, i.topLosses(100).size());
    assertEquals(List.of("a", "b"), i.confusion().labels());
    long[][] m = i.confusion().matrix();
    assertEquals(List.of(1L, 2L, 1L, 1L), List.of(m[0][0], m[0][1], m[1][0], m[1][1]));
    assertEquals(
        List.of(new Confusion.Pair("a", "b", 2), new Confusion.Pair("b", "a", 1)),
        i.mostConfused(1));
  }

  @Test
  @DisplayName("numbers have no confusion matrix")
  void noLabels() {
    Interpretation i = Interpretation.of(Line.learner(new Line()).build());
    assertEquals(32, i.topLosses(100).size());
    String message = assertThrows(IllegalStateException.class, i::confusion).getMessage();
    assertTrue(message.contains("labels"), message);
  }
}
