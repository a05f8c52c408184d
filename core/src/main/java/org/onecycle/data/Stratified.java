package org.onecycle.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.onecycle.tensor.Rng;

/** The stratified split: quotas by largest remainder, members of a class at random. */
final class Stratified {
  private Stratified() {}

  static <I> Splits split(
      List<? extends I> items, double validPct, long seed, Function<? super I, ?> stratify) {
    int[] order = new Rng(seed).permutation(items.size());
    Map<Object, List<Integer>> classes = new LinkedHashMap<>();
    for (int i : order) {
      classes.computeIfAbsent(stratify.apply(items.get(i)), k -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> groups = new ArrayList<>(classes.values());
    int[] quota = groups.stream().mapToInt(g -> (int) (validPct * g.size())).toArray();
    int missing = (int) Math.ceil(validPct * items.size());
    for (int q : quota) {
      missing -= q;
    }
    List<Integer> byRemainder = new ArrayList<>();
    for (int g = 0; g < quota.length; g++) {
      byRemainder.add(g);
    }
    byRemainder.sort(Comparator.comparingDouble(g -> quota[g] - validPct * groups.get(g).size()));
    for (int k = 0; k < missing; k++) {
      quota[byRemainder.get(k)]++;
    }

    boolean[] valid = new boolean[items.size()];
    for (int g = 0; g < quota.length; g++) {
      for (int i : groups.get(g).subList(0, quota[g])) {
        valid[i] = true;
      }
    }
    // The permutation decides the order within both parts, as in the unstratified split.
    List<Integer> train = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    for (int i : order) {
      (valid[i] ? held : train).add(i);
    }
    return new Splits(
        train.stream().mapToInt(Integer::intValue).toArray(),
        held.stream().mapToInt(Integer::intValue).toArray());
  }
}
