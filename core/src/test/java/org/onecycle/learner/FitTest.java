package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.DataLoaders;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.metric.Metrics;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Lr;
import org.onecycle.optim.Optimizer;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class FitTest {
  @Test
  void itLearns() {
    Line model = new Line();
    Learner learn = Line.learner(model).metrics(Metrics.mae()).build();
    Scores before = learn.validate();
    List<EpochRecord> history = learn.fitOneCycle(30, 0.3);
    assertEquals(30, history.size());
    assertTrue(before.loss() > 5, "" + before);
    assertTrue(history.get(29).validLoss() < 0.05, "" + history.get(29));
    assertEquals(2, model.a.tensor().item(), 0.1);
    assertEquals(3, model.b.tensor().item(), 0.1);
    Scores after = learn.validate();
    assertEquals(history.get(29).validLoss(), after.loss(), 1e-9);
    assertEquals(history.get(29).metric("mae"), after.metric("mae"), 1e-9);
    String message =
        assertThrows(IllegalArgumentException.class, () -> after.metric("mea")).getMessage();
    assertEquals("No metric mea, there are [mae]", message);
  }

  @Test
  @DisplayName("LRN-07 training starts at a later epoch")
  void startEpoch() {
    Learner learn = Line.learner(new Line()).build();
    FitOptions from2 = FitOptions.DEFAULT.withStartEpoch(2);
    List<EpochRecord> history = learn.fit(4, Lr.of(1e-2), from2);
    assertEquals(List.of(2, 3), history.stream().map(EpochRecord::epoch).toList());
    Line model = new Line();
    Line.learner(model).build().fit(3, Lr.of(1e-2), FitOptions.DEFAULT.withStartEpoch(3));
    assertEquals(0.5, model.a.tensor().item());
    assertEquals(-0.25, model.b.tensor().item());
  }

  @Test
  void aLaterStartKeepsThePositionInTheSchedule() {
    Learner whole = Line.learner(new Line()).build();
    whole.fitOneCycle(4, 1e-2);
    List<BatchRecord> all = whole.recorder().batches();
    Learner late = Line.learner(new Line()).build();
    late.fitOneCycle(4, Lr.of(1e-2), OneCycle.DEFAULT, FitOptions.DEFAULT.withStartEpoch(2));
    List<BatchRecord> second = late.recorder().batches();
    assertEquals(2 * Line.TRAIN, second.size());
    for (int i = 0; i < second.size(); i++) {
      assertEquals(all.get(2 * Line.TRAIN + i).lr(), second.get(i).lr(), 1e-9);
    }
  }

  @Test
  void theOptimiserStaysFromFitToFit() {
    Line model = new Line();
    Learner learn = Line.learner(model).build();
    Optimizer opt = learn.opt();
    learn.fit(1);
    learn.fit(1);
    assertSame(opt, learn.opt());
    assertEquals(2 * Line.TRAIN, opt.state(model.a).step());
    learn.unfreeze();
    assertEquals(0, opt.state(model.a).step());
    learn.fit(1, Lr.of(1e-3), FitOptions.DEFAULT.withResetOpt(true));
    assertNotSame(opt, learn.opt());
    assertEquals(Line.TRAIN, learn.opt().state(model.a).step());
  }

  @Test
  void weightDecayIsTheFitsElseTheLearnersElseTheOptimisers() {
    Learner plain = Line.learner(new Line()).build();
    plain.fit(0);
    assertEquals(0.01, plain.opt().hyper("wd")[0]);
    Learner own = Line.learner(new Line()).wd(0.2).build();
    own.fit(0, Lr.of(1e-3), FitOptions.DEFAULT.withWd(0.3));
    assertEquals(0.3, own.opt().hyper("wd")[0]);
    own.fit(0);
    assertEquals(0.2, own.opt().hyper("wd")[0]);
  }

  @Test
  void biasesDoNotDecayUnlessToldTo() {
    Linear layer = new Linear(1, 1);
    DataLoaders dls = Line.data();
    Learner learn = Learner.of(dls, layer).lossFunc(new MSELossFlat()).build();
    assertTrue(learn.opt().state(layer.weight()).doWd());
    assertTrue(!learn.opt().state(layer.bias()).doWd());
    Learner all = Learner.of(dls, layer).lossFunc(new MSELossFlat()).wdBnBias(true).build();
    assertTrue(all.opt().state(layer.bias()).doWd());
  }

  @Test
  void aLossIsNeeded() {
    LearnerBuilder<Line> builder = Learner.of(Line.data(), new Line());
    String message = assertThrows(IllegalStateException.class, builder::build).getMessage();
    assertTrue(message.contains("lossFunc"), message);
  }

  @Test
  void oneGroupCannotFreeze() {
    Learner learn = Line.learner(new Line()).build();
    assertTrue(
        assertThrows(IllegalStateException.class, learn::freeze).getMessage().contains("splitter"));
  }

  @Test
  void aSliceNeedsAsManyValuesAsGroups() {
    Learner learn = Line.learner(new Line()).build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> learn.fit(1, Lr.each(1, 2, 3)))
            .getMessage();
    assertTrue(message.contains("3") && message.contains("1"), message);
  }

  @Test
  void frozenGroupsStayAndUnfrozenOnesTrain() {
    Line model = new Line();
    Learner learn = Line.learner(model).splitter(m -> List.of(List.of(m.a), List.of(m.b))).build();
    learn.freeze();
    learn.fit(1, 0.1);
    assertEquals(0.5, model.a.tensor().item());
    assertNotEquals(-0.25, model.b.tensor().item());
    learn.unfreeze();
    learn.fit(1, 0.1);
    assertNotEquals(0.5, model.a.tensor().item());
  }

  private static List<double[]> history(long seed, int workers) {
    org.onecycle.nn.Init.seed(7);
    Module model = new Sequential(new Linear(1, 16), new Dropout(0.5), new Linear(16, 1));
    Learner learn =
        Learner.of(Line.data(workers), model)
            .lossFunc(new MSELossFlat())
            .metrics(Metrics.mae())
            .seed(seed)
            .progress(ProgressOutput.none())
            .build();
    List<double[]> numbers = new ArrayList<>();
    for (EpochRecord e : learn.fitOneCycle(3, 1e-2)) {
      numbers.add(new double[] {e.trainLoss(), e.validLoss(), e.metric("mae")});
    }
    learn.recorder().batches().forEach(b -> numbers.add(new double[] {b.loss(), b.lr(), b.mom()}));
    for (Tensor t : model.stateDict().values()) {
      numbers.add(t.toDoubles());
    }
    return numbers;
  }

  @Test
  @DisplayName("One seed, one history, whatever the number of workers")
  void oneSeedOneHistory() {
    List<double[]> first = history(1, 0);
    for (int workers : new int[] {0, 2, 2}) {
      List<double[]> again = history(1, workers);
      assertEquals(first.size(), again.size());
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(first.get(i), again.get(i), 0);
      }
    }
    assertNotEquals(first.get(0)[0], history(2, 0).get(0)[0]);
  }
}
