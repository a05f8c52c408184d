package org.onecycle.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.optim.Schedules.combineScheds;
import static org.onecycle.optim.Schedules.combinedCos;
import static org.onecycle.optim.Schedules.schedCos;
import static org.onecycle.optim.Schedules.schedExp;
import static org.onecycle.optim.Schedules.schedLin;
import static org.onecycle.optim.Schedules.schedNo;
import static org.onecycle.optim.Schedules.schedPoly;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.testing.Fixtures;

class SchedulesTest {
  private static final double[] QUARTERS = {0, .25, .5, .75, 1};

  private static Schedule threeParts() {
    return combineScheds(
        new double[] {.3, .2, .5}, List.of(schedLin(0, 1), schedNo(1, 1), schedCos(1, 0)));
  }

  private static double[] at(Schedule s, double... positions) {
    return Arrays.stream(positions).map(s::last).toArray();
  }

  @Test
  @DisplayName("SCH-01 linear")
  void linear() {
    assertArrayEquals(new double[] {0, .5, 1, 1.5, 2}, at(schedLin(0, 2), QUARTERS), 0);
  }

  @Test
  @DisplayName("SCH-02 cosine")
  void cosine() {
    assertArrayEquals(new double[] {0, .29289, 1, 1.70711, 2}, at(schedCos(0, 2), QUARTERS), 1e-5);
  }

  @Test
  @DisplayName("SCH-03 no change")
  void none() {
    assertArrayEquals(new double[5], at(schedNo(0, 2), QUARTERS), 0);
  }

  @Test
  @DisplayName("SCH-05 polynomial")
  void polynomial() {
    assertArrayEquals(new double[] {0, .125, .5, 1.125, 2}, at(schedPoly(0, 2, 2), QUARTERS), 0);
  }

  @Test
  @DisplayName("SCH-06 three parts")
  void parts() {
    assertArrayEquals(
        new double[] {0, .5, 1, 1, 1, .65451, 0},
        at(threeParts(), 0, .15, .3, .4, .5, .7, 1),
        1e-5);
  }

  @Test
  @DisplayName("SCH-07 up and down by cosines")
  void combined() {
    assertArrayEquals(
        new double[] {.5, .67275, 1, .75, 0},
        at(combinedCos(.25, .5, 1, 0), 0, .1, .25, .5, 1),
        1e-5);
  }

  @Test
  @DisplayName("SCH-08 up and down, one value a group")
  void groups() {
    Schedule s =
        combinedCos(.25, new double[] {.25, .5}, new double[] {.5, 1}, new double[] {0, 0});
    double[][] expected = {{.25, .5}, {.33638, .67275}, {.5, 1}, {.375, .75}, {0, 0}};
    double[] positions = {0, .1, .25, .5, 1};
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(expected[i], s.at(positions[i]), 1e-5);
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Annealer.COS.from(new double[] {1, 2}, new double[] {1, 2, 3}));
    assertTrue(e.getMessage().contains("2 and 3"), e.getMessage());
  }

  @Test
  @DisplayName("SCH-09 shares are not negative and sum to 1; the end is the last one's end")
  void shares() {
    List<Schedule> two = List.of(schedLin(0, 1), schedLin(1, 5));
    for (double[] wrong :
        new double[][] {{.5, .6}, {-.5, 1.5}, {1}, {.2, .3, .5}, {Double.NaN, 1}}) {
      assertThrows(IllegalArgumentException.class, () -> combineScheds(wrong, two));
    }
    assertEquals(5, combineScheds(new double[] {.5, .5}, two).last(1));
    // 0.1 is no binary fraction: these sum to 0.9999999999999999.
    double[] tenths = new double[10];
    Arrays.fill(tenths, .1);
    Schedule many = combineScheds(tenths, java.util.Collections.nCopies(10, schedLin(0, 3)));
    assertEquals(3, many.last(1));
    assertEquals(2.7, many.last(.99), 1e-12);
  }

  @Test
  void partsMayHaveNoLength() {
    assertEquals(.5, combinedCos(0, .5, 1, 0).last(1 / 3.0) * 2 / 3, 1e-12);
    assertEquals(1, combinedCos(0, .5, 1, 0).last(0), 0);
    assertEquals(0, combinedCos(1, .5, 1, 0).last(1), 0);
    assertEquals(.75, combinedCos(1, .5, 1, 0).last(.5), 1e-12);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithFastai() {
    JsonNode all = Fixtures.json("schedules/annealers");
    Map<String, Schedule> known = new LinkedHashMap<>();
    known.put("lin", schedLin(2, .5));
    known.put("cos", schedCos(2, .5));
    known.put("no", schedNo(2, .5));
    known.put("exp", schedExp(2, .5));
    known.put("poly2", schedPoly(2, .5, 2));
    known.put("poly05", schedPoly(2, .5, .5));
    known.put("combined_cos", combinedCos(.25, .1, 1, .001));
    known.put(
        "combine",
        combineScheds(
            new double[] {.3, .5, .2}, List.of(schedLin(0, 1), schedNo(1, 1), schedCos(1, 0))));
    assertEquals(all.size(), known.size() + 1);
    double[] positions = OptimizerParityTest.doubles(all.get("pos"));
    return known.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      double[] expected = OptimizerParityTest.doubles(all.get(e.getKey()));
                      // fastai finds the position within a part in float32.
                      double tolerance = e.getKey().startsWith("comb") ? 1e-6 : 1e-13;
                      assertArrayEquals(expected, at(e.getValue(), positions), tolerance);
                    }));
  }
}
