package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.BatchNormOptions;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Init;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.OptimizerState;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.testing.Fixtures;

class LrFindTest {
  private static final JsonNode FIXTURE = Fixtures.json("lr_find/lr_find");

  private static double[] doubles(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static void assertRelative(double expected, double got, double tolerance, String what) {
    assertEquals(expected, got, tolerance * Math.abs(expected), what);
  }

  @Test
  @DisplayName("the search of fastai on the toy net: rates, smoothed losses, where it ends")
  void fixture() {
    LrFound found = new Toy(20).learn.lrFind();
    double[] lrs = doubles(FIXTURE.get("lr_used"));
    double[] losses = doubles(FIXTURE.get("rec_smooth_losses"));
    assertEquals(lrs.length, found.lrs().length);
    for (int i = 0; i < lrs.length; i++) {
      assertRelative(lrs[i], found.lrs()[i], 1e-6, "lr " + i);
      assertRelative(losses[i], found.losses()[i], 2e-4, "loss " + i);
    }
    JsonNode suggestions = FIXTURE.get("suggestions");
    assertRelative(suggestions.get("valley").asDouble(), found.valley(), 1e-6, "valley");
    assertRelative(suggestions.get("slide").asDouble(), found.slide(), 1e-6, "slide");
    assertRelative(suggestions.get("minimum").asDouble(), found.minimum(), 1e-6, "minimum");
    assertRelative(suggestions.get("steep").asDouble(), found.steep(), 1e-6, "steep");
  }

  @Test
  @DisplayName("the suggestions of fastai on a made curve")
  void curve() {
    JsonNode curve = FIXTURE.get("curve");
    double[] lrs = doubles(curve.get("lrs"));
    double[] losses = doubles(curve.get("losses"));
    for (LrSuggestion s : LrSuggestion.values()) {
      double expected = curve.get(s.name().toLowerCase(java.util.Locale.ROOT)).get(0).asDouble();
      assertRelative(expected, s.of(lrs, losses), 1e-6, s.name());
    }
  }

  @Test
  @DisplayName("SCH-18 SCH-19 rates from 1e-7 by equal factors, at most 100 of them")
  void rates() {
    LrFound found = new Toy(20).learn.lrFind(LrFinder.DEFAULT.withStopDiv(false));
    assertEquals(100, found.lrs().length);
    assertEquals(100, found.losses().length);
    double[] expected = {1e-7, 1.2022644e-7, 6.3095734e-7, 1e-5, 1e-3, .1, 8.3176377};
    int[] at = {0, 1, 10, 25, 50, 75, 99};
    for (int i = 0; i < at.length; i++) {
      assertRelative(expected[i], found.lrs()[at[i]], 1e-7, "lr " + at[i]);
    }
  }

  @Test
  @DisplayName("SCH-20 the four suggestions on a synthetic curve")
  void suggestions() {
    double[] lrs = IntStream.range(0, 100).mapToDouble(LrFinder.DEFAULT::lr).toArray();
    double[] losses =
        IntStream.range(0, 100)
            .mapToDouble(
                i -> i < 40 ? 5 : i < 70 ? 5 - .1 * (i - 40) : 2 + .05 * Math.pow(i - 70, 1.5))
            .toArray();
    LrFound found = new LrFound(lrs, losses, 100);
    assertRelative(2.0892961e-3, found.valley(), 1e-7, "valley");
    assertRelative(3.9810717e-3, found.minimum(), 1e-7, "minimum");
    assertRelative(2.5118864e-3, found.slide(), 1e-7, "slide");
    // All slopes of the straight piece are the same but for the last bits.
    assertTrue(found.steep() >= lrs[40] && found.steep() < lrs[70], "steep " + found.steep());
    assertEquals(found.valley(), found.suggest(LrSuggestion.VALLEY));
  }

  @Test
  @DisplayName("the longest falling subsequence agrees with the quadratic rule; ends stay inside")
  void falling() {
    Rng rng = new Rng(3);
    for (int n = 2; n < 60; n++) {
      double[] v = new double[n];
      for (int i = 0; i < n; i++) {
        v[i] = rng.nextInt(12) - i * .1;
      }
      int[] expected = new int[n];
      for (int i = 0; i < n; i++) {
        expected[i] = 1;
        for (int j = 0; j < i; j++) {
          expected[i] = v[i] < v[j] ? Math.max(expected[i], expected[j] + 1) : expected[i];
        }
      }
      assertArrayEquals(expected, LrSuggestion.fallingLengths(v));
    }
    assertEquals(1, LrSuggestion.VALLEY.of(new double[] {1, 2}, new double[] {5, 4}));
    assertEquals(1, LrSuggestion.SLIDE.of(new double[] {1, 2}, new double[] {5, 4}));
  }

  @Test
  @DisplayName("a loss that is not finite ends the search, and what is left is read or refused")
  void notFinite() {
    double[] lrs = IntStream.range(0, 40).mapToDouble(i -> i + 1).toArray();
    double[] losses = new double[40];
    Arrays.setAll(losses, i -> i < 20 ? 40 - i : Double.NaN);
    assertEquals(2, new LrFound(lrs, losses, 100).minimum());
    LrFound few = new LrFound(Arrays.copyOf(lrs, 12), Arrays.copyOf(losses, 12), 100);
    String message = assertThrows(IllegalStateException.class, few::valley).getMessage();
    assertTrue(message.contains("after 12 batches"), message);
    Line model = new Line();
    LrFinder wild = LrFinder.DEFAULT.withRates(1e30, 1e38).withStopDiv(false);
    LrFound found = Line.learner(model).build().lrFind(wild);
    assertTrue(found.lrs().length < 100);
    assertEquals(.5, model.a.tensor().item());
    assertThrows(IllegalArgumentException.class, () -> LrFinder.DEFAULT.withNumIt(5));
    assertThrows(IllegalArgumentException.class, () -> LrFinder.DEFAULT.withRates(1, .1));
  }

  private static Module net() {
    Init.rng().seed(5);
    return new Sequential(
        new Linear(1, 6),
        new BatchNorm1d(6, BatchNormOptions.DEFAULT),
        new Dropout(.3),
        new Linear(6, 1));
  }

  private static Learner learner() {
    return Learner.of(Line.data(), net())
        .lossFunc(new MSELossFlat())
        .progress(ProgressOutput.none())
        .build();
  }

  private static List<double[]> everything(Learner learn) {
    List<double[]> all = new ArrayList<>();
    learn.model().stateDict().values().forEach(t -> all.add(t.toDoubles()));
    OptimizerState opt = learn.opt().stateDict();
    opt.tensors().values().forEach(t -> all.add(t.to(org.onecycle.array.DType.DOUBLE).toDoubles()));
    opt.hypers().forEach(h -> all.add(h.values().stream().mapToDouble(d -> d).toArray()));
    learn
        .recorder()
        .batches()
        .forEach(b -> all.add(new double[] {b.loss(), b.smoothLoss(), b.lr(), b.mom()}));
    return all;
  }

  private static void assertSame(List<double[]> expected, List<double[]> got) {
    assertEquals(expected.size(), got.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), got.get(i), 0);
    }
  }

  @Test
  @DisplayName("SCH-18 weights, statistics, optimiser, records and modes are bit-equal afterwards")
  void restores() {
    Learner learn = learner();
    learn.fit(1);
    List<double[]> before = everything(learn);
    List<EpochRecord> history = learn.recorder().history();
    double pct = learn.state().pctTrain();
    boolean mode = learn.model().isTraining();
    long epoch = learn.dls().train().state();
    List<Integer> validations = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void afterPred(Learner l) {
            validations.add(l.state().training() ? 0 : 1);
          }
        };
    learn.addCbs(watch);
    LrFound first = learn.lrFind();
    assertFalse(validations.contains(1), "a search does not validate");
    assertTrue(first.lrs().length > 10);
    assertSame(before, everything(learn));
    assertEquals(history, learn.recorder().history());
    assertEquals(pct, learn.state().pctTrain());
    assertEquals(mode, learn.model().isTraining());
    assertEquals(epoch, learn.dls().train().state());
    assertFalse(learn.state().searching());
    assertArrayEquals(first.losses(), learn.lrFind().losses(), 0, "twice the same search");
  }

  @Test
  @DisplayName("what is trained after a search is bit-equal to what is trained without one")
  void leavesNoTrace() {
    Learner with = learner();
    Learner without = learner();
    with.lrFind();
    with.fitOneCycle(2, 1e-2);
    without.fitOneCycle(2, 1e-2);
    assertSame(everything(without), everything(with));
    with.lrFind(LrFinder.DEFAULT.withNumIt(20));
    with.fit(1);
    without.fit(1);
    assertSame(everything(without), everything(with));
  }

  @Test
  @DisplayName("an error inside of a search leaves no trace either")
  void afterAnError() {
    Learner learn = learner();
    List<double[]> before = everything(learn);
    Callback broken =
        new Callback() {
          @Override
          public void afterStep(Learner l) {
            if (l.state().trainIter() == 3) {
              throw new IllegalStateException("broken");
            }
          }
        };
    learn.addCbs(broken);
    assertThrows(CallbackException.class, learn::lrFind);
    assertSame(before, everything(learn));
    assertFalse(learn.state().searching());
  }
}
