package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.MultiCategoryBlock;
import org.onecycle.data.RegressionBlock;
import org.onecycle.data.Splitters;
import org.onecycle.data.Transform;
import org.onecycle.data.TransformBlock;
import org.onecycle.loss.BCEWithLogitsLossFlat;
import org.onecycle.loss.L1LossFlat;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.show.ProgressOutput;

class HintedLossTest {
  private static final TransformBlock ROW =
      TransformBlock.of(
          "row",
          () -> List.of(Transform.of(Integer.class, float[].class, i -> new float[] {i / 10f})));

  private static DataLoaders numbers() {
    return DataBlock.<Integer>ofItems()
        .blocks(ROW, RegressionBlock.of())
        .splitter(Splitters.end())
        .getY(i -> 2 * i / 10f + 3)
        .build()
        .dataLoaders(IntStream.range(0, 40).boxed().toList(), o -> o.bs(8).workers(0));
  }

  @Test
  void withoutALossTheLearnerTrainsWithThatOfTheBlocks() {
    Line model = new Line(1, 0);
    Learner learn = Learner.of(numbers(), model).progress(ProgressOutput.none()).build();
    assertInstanceOf(MSELossFlat.class, learn.lossFunc());
    // Items 32 to 39 validate: the mean of (2 x + 3 - x)^2.
    double expected =
        IntStream.range(32, 40).mapToDouble(i -> Math.pow(i / 10.0 + 3, 2)).average().orElseThrow();
    assertEquals(expected, learn.validate().loss(), 1e-4);
    learn.fit(10, 0.1);
    assertTrue(learn.validate().loss() < expected / 10, "" + learn.validate());
  }

  @Test
  void severalLabelsTrainWithBinaryCrossEntropy() {
    DataLoaders dls =
        DataBlock.<Integer>ofItems()
            .blocks(ROW, MultiCategoryBlock.of())
            .splitter(Splitters.end())
            .getY(i -> i % 2 == 0 ? List.of("even", "number") : List.of("number"))
            .build()
            .dataLoaders(IntStream.range(0, 40).boxed().toList(), o -> o.bs(8).workers(0));
    Learner learn = Learner.of(dls, new Linear(1, 2)).progress(ProgressOutput.none()).build();
    assertInstanceOf(BCEWithLogitsLossFlat.class, learn.lossFunc());
    double before = learn.validate().loss();
    learn.fit(5, 0.1);
    assertTrue(learn.validate().loss() < before);
  }

  @Test
  void aLossThatIsGivenWins() {
    L1LossFlat own = new L1LossFlat();
    Learner learn = Learner.of(numbers(), new Line(1, 0)).lossFunc(own).build();
    assertSame(own, learn.lossFunc());
  }

  @Test
  void twoTargetsHintAtNothing() {
    DataLoaders dls =
        DataBlock.<Integer>ofItems()
            .blocks(ROW, RegressionBlock.of(), RegressionBlock.of())
            .nInp(1)
            .build()
            .dataLoaders(IntStream.range(0, 40).boxed().toList(), o -> o.bs(8).workers(0));
    assertThrows(IllegalStateException.class, () -> Learner.of(dls, new Line()).build());
  }
}
