package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.onecycle.optim.Lr.slice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.optim.Hyper;
import org.onecycle.optim.Lr;
import org.onecycle.optim.Schedules;
import org.onecycle.testing.Fixtures;

class ScheduledFitTest {
  private static final double DECAY = Math.pow(2.6, 4);

  /** Writes down what each training batch ran with. */
  private static final class Watch extends Callback {
    private final List<double[]> lr = new ArrayList<>();
    private final List<double[]> mom = new ArrayList<>();
    private final List<double[]> wd = new ArrayList<>();
    private final List<Double> loss = new ArrayList<>();

    @Override
    public int order() {
      return 100;
    }

    @Override
    public boolean runValid() {
      return false;
    }

    @Override
    public void beforeStep(Learner learn) {
      lr.add(learn.opt().hyper(Hyper.LR));
      mom.add(learn.opt().hyper(Hyper.MOM));
      wd.add(learn.opt().hyper(Hyper.WD));
      loss.add(learn.state().loss());
    }
  }

  private static Watch watch(int batches, Consumer<Learner> work) {
    Watch watch = new Watch();
    Learner learn = new Toy(batches).learn.addCbs(watch);
    work.accept(learn);
    return watch;
  }

  private static DynamicTest same(String name, int batches, Consumer<Learner> work) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          JsonNode expected = Fixtures.json("schedules/schedules").get(name);
          Watch seen = watch(batches, work);
          int n = expected.get("n").asInt();
          assertEquals(n, seen.lr.size());
          for (int i = 0; i < n; i++) {
            String at = name + " step " + i;
            assertClose(expected.get("lr").get(i), seen.lr.get(i), at + " lr");
            assertClose(expected.get("mom").get(i), seen.mom.get(i), at + " mom");
            assertClose(expected.get("wd").get(i), seen.wd.get(i), at + " wd");
            double loss = expected.get("loss").get(i).asDouble();
            assertEquals(loss, seen.loss.get(i), 2e-4 * loss, at + " loss");
          }
        });
  }

  private static void assertClose(JsonNode expected, double[] seen, String message) {
    assertEquals(expected.size(), seen.length, message);
    for (int g = 0; g < seen.length; g++) {
      double e = expected.get(g).asDouble();
      // The reference computes positions in float32.
      assertEquals(e, seen[g], 5e-6 * e + 1e-9, message);
    }
  }

  @TestFactory
  @DisplayName(
      "the schedules of fastai, step by step and group by group, and the losses they lead to")
  Stream<DynamicTest> fixtures() {
    return Stream.of(
        same("one_cycle_scalar_1e-2_20x3", 20, l -> l.fitOneCycle(3, 1e-2)),
        same("one_cycle_slice(1e-4,1e-2)_20x3", 20, l -> l.fitOneCycle(3, slice(1e-4, 1e-2))),
        same("one_cycle_slice(None,1e-2)_20x3", 20, l -> l.fitOneCycle(3, slice(1e-2))),
        same(
            "one_cycle_slice(1e-4,1e-2)_div5_pct0.3_moms(.8,.7,.8)_divfinal1e3_wd0.1_7x2",
            7,
            l ->
                l.fitOneCycle(
                    2,
                    slice(1e-4, 1e-2),
                    OneCycle.DEFAULT
                        .withDiv(5)
                        .withPctStart(.3)
                        .withMoms(.8, .7, .8)
                        .withDivFinal(1e3),
                    FitOptions.DEFAULT.withWd(.1))),
        same("flat_cos_1e-2_20x3", 20, l -> l.fitFlatCos(3, Lr.of(1e-2), .75)),
        same(
            "flat_cos_slice(1e-4,1e-2)_pct.5_10x2",
            10,
            l -> l.fitFlatCos(2, slice(1e-4, 1e-2), .5)),
        same("fine_tune_2_base2e-3_freeze1_10", 10, l -> l.fineTune(2)),
        same(
            "fine_tune_1_base1e-2_freeze2_10",
            10,
            l -> l.fineTune(1, FineTune.DEFAULT.withBaseLr(1e-2).withFreezeEpochs(2))),
        same("fit_3_5e-3_plain_10", 10, l -> l.fit(3, 5e-3)),
        same(
            "gradual_unfreeze_10",
            10,
            l -> {
              l.freeze();
              l.fitOneCycle(1, 1e-2);
              l.freezeTo(-2);
              l.fitOneCycle(1, slice(1e-2 / DECAY, 1e-2));
              l.unfreeze();
              l.fitOneCycle(1, slice(1e-3 / DECAY, 1e-3));
            }));
  }

  @Test
  @DisplayName("SCH-10 values are set before each batch, so the end is not reached")
  void positions() {
    ParamScheduler scheduler = new ParamScheduler(Map.of(Hyper.LR, Schedules.schedLin(1, 2)));
    Learner learn = new Toy(10).learn;
    learn.fit(2, Lr.of(.1), FitOptions.DEFAULT.withCbs(scheduler));
    List<double[]> lr = scheduler.values(Hyper.LR);
    assertEquals(20, lr.size());
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(new double[] {1 + i / 20.0, 1 + i / 20.0, 1 + i / 20.0}, lr.get(i), 1e-9);
    }
  }

  @Test
  @DisplayName("SCH-11 SCH-12 SCH-13 the one-cycle policy")
  void oneCycle() {
    double[] lr = {
      4e-4,
      1.3167184e-3,
      3.7167184e-3,
      6.6832816e-3,
      9.0832816e-3,
      1e-2,
      9.8907391e-3,
      9.5677316e-3,
      9.0450945e-3,
      8.3456696e-3,
      7.500025e-3,
      6.5451195e-3,
      5.5226871e-3,
      4.4774129e-3,
      3.4549805e-3,
      2.500075e-3,
      1.6544304e-3,
      9.5500548e-4,
      4.3236839e-4,
      1.093609e-4
    };
    double[] mom = {
      .95, .94045085, .91545085, .88454915, .85954915, .85, .85109262, .85432273, .85954915,
      .86654347, .875, .88454915, .89477358, .90522642, .91545085, .925, .93345653, .94045085,
      .94567727, .94890738
    };
    Watch seen = watch(10, l -> l.fitOneCycle(2, 1e-2));
    for (int i = 0; i < 20; i++) {
      assertEquals(lr[i], seen.lr.get(i)[2], 1e-6 * lr[i]);
      assertEquals(mom[i], seen.mom.get(i)[2], 1e-7);
    }
  }

  @Test
  @DisplayName("SCH-14 flat, then a cosine")
  void flatCos() {
    Watch seen = watch(8, l -> l.fitFlatCos(1, Lr.of(1e-2), .75));
    for (int i = 0; i < 7; i++) {
      assertEquals(1e-2, seen.lr.get(i)[0], 1e-12);
    }
    assertEquals(5.00005e-3, seen.lr.get(7)[0], 1e-9);
  }

  @Test
  @DisplayName("SCH-15 SCH-16 fine-tuning: frozen first, then all groups from a hundredth on")
  void fineTune() {
    double[] frozen = {
      8e-5,
      1.2793e-4,
      2.66941e-4,
      4.83145e-4,
      7.54956e-4,
      1.055231e-3,
      1.353985e-3,
      1.621385e-3,
      1.830730e-3,
      1.961113e-3
    };
    Watch seen = watch(10, l -> assertEquals(3, l.fineTune(2).size()));
    for (int i = 0; i < 10; i++) {
      assertEquals(frozen[i], seen.lr.get(i)[2], 5e-9);
      assertEquals(seen.lr.get(i)[2] / 10, seen.lr.get(i)[1], 1e-15);
      assertEquals(seen.lr.get(i)[2] / 10, seen.lr.get(i)[0], 1e-15);
    }
    // The second run: 1e-5, 1e-4, 1e-3 at the top, after 30 % of 20 batches, from a fifth of it.
    assertArrayEquals(new double[] {2e-6, 2e-5, 2e-4}, seen.lr.get(10), 1e-12);
    assertArrayEquals(new double[] {1e-5, 1e-4, 1e-3}, seen.lr.get(16), 1e-12);
  }

  @Test
  @DisplayName("SCH-17 cycles of 1, 2 and 4 epochs, each a cosine down to 0; or all of one length")
  void sgdr() {
    Watch seen = watch(2, l -> assertEquals(7, l.fitSgdr(3, 1, Lr.of(1e-2), 2).size()));
    for (int start : new int[] {0, 2, 6}) {
      assertEquals(1e-2, seen.lr.get(start)[0], 1e-15);
    }
    assertEquals(.5e-2, seen.lr.get(1)[0], 1e-12);
    assertEquals(.5e-2, seen.lr.get(4)[0], 1e-12);
    assertEquals(.5e-2, seen.lr.get(10)[0], 1e-12);
    Watch even = watch(2, l -> assertEquals(6, l.fitSgdr(3, 2, Lr.of(1e-2), 1).size()));
    assertEquals(1e-2, even.lr.get(4)[0], 1e-12);
    assertEquals(1e-2, even.lr.get(8)[0], 1e-12);
  }

  @Test
  @DisplayName(
      "LRN-07 a one-cycle run that starts at a later epoch stands where it would have been")
  void startEpoch() {
    Watch whole = watch(5, l -> l.fitOneCycle(4, 1e-2));
    FitOptions later = FitOptions.DEFAULT.withStartEpoch(2);
    Watch rest =
        watch(
            5, l -> assertEquals(2, l.fitOneCycle(4, Lr.of(1e-2), OneCycle.DEFAULT, later).size()));
    assertEquals(10, rest.lr.size());
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(whole.lr.get(10 + i), rest.lr.get(i), 1e-15);
      assertArrayEquals(whole.mom.get(10 + i), rest.mom.get(i), 1e-15);
    }
    Watch flat = watch(5, l -> l.fitFlatCos(4, Lr.of(1e-2), .75, later.withStartEpoch(3)));
    assertEquals(5, flat.lr.size());
    assertEquals(1e-2, flat.lr.get(0)[0], 1e-12);
    assertEquals(true, flat.lr.get(4)[0] < 2e-3);
  }
}
