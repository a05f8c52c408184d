package org.onecycle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Stacks members of equal shape. */
final class StackCollate implements Collate {
  static final StackCollate INSTANCE = new StackCollate();

  private static final int NAMED = 5;

  private StackCollate() {}

  @Override
  public HostBatch collate(List<Sample> samples, int[] indices) {
    Sample first = samples.get(0);
    for (int i = 1; i < samples.size(); i++) {
      if (samples.get(i).size() != first.size()) {
        throw new IllegalArgumentException(
            "collate: item %d has %d members, item %d has %d"
                .formatted(indices[0], first.size(), indices[i], samples.get(i).size()));
      }
    }
    List<HostArray> arrays = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (int m = 0; m < first.size(); m++) {
      List<Collatable> values = column(samples, indices, m, first.nInp());
      arrays.add(stack(values));
      members.add(new Member(first.get(m).getClass(), values.get(0)));
    }
    return new HostBatch(arrays, members, first.nInp(), indices);
  }

  private static List<Collatable> column(
      List<Sample> samples, int[] indices, int member, int nInp) {
    List<Collatable> values = new ArrayList<>();
    // Which items have which shape, in case they differ.
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      Object value = samples.get(i).get(member);
      int item = indices[i];
      Collatable c =
          Numbers.collatable(value)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "collate: %s of item %d is a %s; a transform has to make numbers of it"
                              .formatted(
                                  name(member, nInp), item, value.getClass().getSimpleName())));
      values.add(c);
      shapes
          .computeIfAbsent(c.dtype() + " " + Arrays.toString(c.shape()), k -> new ArrayList<>())
          .add(item);
    }
    if (shapes.size() > 1) {
      throw new IllegalArgumentException(
          "collate: %s (%s) has to have one shape in a batch, got%s"
              .formatted(
                  name(member, nInp),
                  samples.get(0).get(member).getClass().getSimpleName(),
                  list(shapes)));
    }
    return values;
  }

  private static HostArray stack(List<Collatable> values) {
    long[] item = values.get(0).shape();
    long[] shape = new long[item.length + 1];
    shape[0] = values.size();
    System.arraycopy(item, 0, shape, 1, item.length);
    HostArray array = HostArray.zeros(values.get(0).dtype(), shape);
    int size = 1;
    for (long s : item) {
      size *= (int) s;
    }
    for (int i = 0; i < values.size(); i++) {
      values.get(i).writeTo(array, i * size);
    }
    return array;
  }

  private static String name(int member, int nInp) {
    return "member " + member + (member < nInp ? " (an input)" : " (a target)");
  }

  private static String list(Map<String, List<Integer>> shapes) {
    StringBuilder text = new StringBuilder();
    shapes.forEach(
        (shape, items) -> {
          text.append(text.isEmpty() ? " " : ", ").append(shape).append(" in item");
          text.append(items.size() > 1 ? "s " : " ");
          text.append(
              items.subList(0, Math.min(NAMED, items.size())).stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(" ")));
          if (items.size() > NAMED) {
            text.append(" and ").append(items.size() - NAMED).append(" more");
          }
        });
    return text.toString();
  }
}
