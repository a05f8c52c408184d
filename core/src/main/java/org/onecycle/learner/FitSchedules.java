package org.onecycle.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.optim.Annealer;
import org.onecycle.optim.Hyper;
import org.onecycle.optim.Schedule;
import org.onecycle.optim.Schedules;

/** The schedules behind the fits' names; rates are one a group. */
final class FitSchedules {
  private FitSchedules() {}

  /** One cycle; the momentum is left alone if {@code m} is null. */
  static Map<String, Schedule> oneCycle(double[] max, OneCycle form, Momentums m) {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    schedules.put(
        Hyper.LR,
        Schedules.combinedCos(
            form.pctStart(), divide(max, form.div()), max, divide(max, form.divFinal())));
    if (m != null) {
      schedules.put(
          Hyper.MOM, Schedules.combinedCos(form.pctStart(), m.start(), m.middle(), m.end()));
    }
    return schedules;
  }

  static Map<String, Schedule> flatCos(double[] flat, double pctStart) {
    Schedule schedule =
        Schedules.combineScheds(
            new double[] {pctStart, 1 - pctStart},
            List.of(
                Annealer.NO.from(flat, flat),
                Annealer.COS.from(flat, divide(flat, OneCycle.DEFAULT.divFinal()))));
    return Map.of(Hyper.LR, schedule);
  }

  private static double[] divide(double[] values, double by) {
    return Arrays.stream(values).map(v -> v / by).toArray();
  }

  /** Returns the epochs of each cycle. */
  static int[] cycles(int n, int length, int mult) {
    if (n < 1 || length < 1 || mult < 1) {
      throw new IllegalArgumentException(
          "fitSgdr expects nCycles, cycleLen and cycleMult of at least 1, got %d, %d and %d"
              .formatted(n, length, mult));
    }
    int[] epochs = new int[n];
    epochs[0] = length;
    for (int i = 1; i < n; i++) {
      epochs[i] = Math.multiplyExact(epochs[i - 1], mult);
    }
    return epochs;
  }

  static Map<String, Schedule> sgdr(double[] top, int[] epochs) {
    double all = Arrays.stream(epochs).sum();
    double[] zero = new double[top.length];
    List<Schedule> parts = new ArrayList<>();
    for (int i = 0; i < epochs.length; i++) {
      parts.add(Annealer.COS.from(top, zero));
    }
    double[] pcts = Arrays.stream(epochs).mapToDouble(e -> e / all).toArray();
    return Map.of(Hyper.LR, Schedules.combineScheds(pcts, parts));
  }
}
