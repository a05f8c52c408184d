package org.onecycle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A batch that is being stacked: each sample is written into the batch's arrays as soon as it is
 * there, so that none has to be kept.
 */
final class Stack {
  private static final int NAMED = 5;

  private final int[] indices;
  private final ItemwiseTransform.Step step;
  private final HostPool pool;
  private final List<Part> parts = new ArrayList<>();
  private int nInp;
  private int count;

  /**
   * Starts a batch.
   *
   * @param indices the index in the data set of each sample that will be added
   * @param step what happens to the members on their way; null for nothing
   * @param pool where large arrays come from; null for new ones
   */
  Stack(int[] indices, ItemwiseTransform.Step step, HostPool pool) {
    this.indices = indices;
    this.step = step;
    this.pool = pool;
  }

  /**
   * Takes the next sample without writing it yet.
   *
   * @throws IllegalArgumentException if it has other members than the first, or one without numbers
   */
  void add(Sample sample) {
    checkComplete(sample);
    if (count == 0) {
      nInp = sample.nInp();
      for (int m = 0; m < sample.size(); m++) {
        parts.add(new Part(name(m, nInp), sample.get(m).getClass()));
      }
    } else if (sample.size() != parts.size()) {
      throw new IllegalArgumentException(
          "collate: item %d has %d members, item %d has %d"
              .formatted(indices[0], parts.size(), indices[count], sample.size()));
    }
    for (int m = 0; m < parts.size(); m++) {
      parts.get(m).take(sample.get(m), indices[count]);
    }
    count++;
  }

  private void checkComplete(Sample sample) {
    for (int m = 0; m < sample.size(); m++) {
      if (sample.get(m) == null) {
        throw new IllegalArgumentException(
            "collate: %s of item %d is null".formatted(name(m, sample.nInp()), indices[count]));
      }
    }
  }

  /** Writes the sample that was added last. */
  void write() {
    parts.forEach(c -> c.write(count - 1));
  }

  /**
   * Returns the batch.
   *
   * @throws IllegalArgumentException naming the member, the items and the shapes if they differ
   */
  HostBatch batch() {
    parts.forEach(Part::checkShapes);
    return new HostBatch(
        parts.stream().map(c -> c.array).toList(),
        parts.stream().map(c -> new Member(c.type, c.first)).toList(),
        nInp,
        indices);
  }

  private static String name(int member, int inputs) {
    return "member " + member + (member < inputs ? " (an input)" : " (a target)");
  }

  /** One member of all samples. */
  private final class Part {
    final String name;
    final Class<?> type;
    // Which items have which shape, in case they differ: before the step and after it.
    final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    final Map<String, List<Integer>> written = new LinkedHashMap<>();
    Collatable first;
    Collatable next;
    HostArray array;
    int itemSize;
    boolean used;

    Part(String name, Class<?> type) {
      this.name = name;
      this.type = type;
    }

    void take(Object value, int item) {
      Collatable member =
          Numbers.collatable(value)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "collate: %s of item %d is a %s; a transform has to make numbers of it"
                              .formatted(name, item, value.getClass().getSimpleName())));
      note(shapes, member, item);
      if (differ()) {
        return;
      }
      next = step == null ? member : step.encode(member, count);
      note(written, next, item);
      if (first == null) {
        first = member;
        start();
      }
    }

    private static void note(Map<String, List<Integer>> shapes, Collatable value, int item) {
      shapes
          .computeIfAbsent(
              value.dtype() + " " + Arrays.toString(value.shape()), k -> new ArrayList<>())
          .add(item);
    }

    private boolean differ() {
      return shapes.size() > 1 || written.size() > 1;
    }

    private void start() {
      long[] item = next.shape();
      long[] shape = new long[item.length + 1];
      shape[0] = indices.length;
      System.arraycopy(item, 0, shape, 1, item.length);
      itemSize = 1;
      for (long s : item) {
        itemSize *= (int) s;
      }
      array = pool == null ? null : pool.take(next.dtype(), shape);
      used = array != null;
      if (!used) {
        array = HostArray.zeros(next.dtype(), shape);
      }
    }

    void write(int place) {
      if (differ()) {
        return;
      }
      if (used) {
        array.clear(place * itemSize, itemSize);
      }
      next.writeTo(array, place * itemSize);
      next = null;
    }

    void checkShapes() {
      if (differ()) {
        throw new IllegalArgumentException(
            "collate: %s (%s) has to have one shape in a batch, got%s"
                .formatted(name, type.getSimpleName(), list(shapes.size() > 1 ? shapes : written)));
      }
    }
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
