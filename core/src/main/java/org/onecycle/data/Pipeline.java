package org.onecycle.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.onecycle.tensor.Rng;

/** Transforms in the order of {@link Transform#order}; decodes in reverse. */
public final class Pipeline {
  private static final Pipeline EMPTY = new Pipeline(List.of());

  private final List<Transform<?, ?>> transforms;

  private Pipeline(List<? extends Transform<?, ?>> transforms) {
    List<Transform<?, ?>> sorted = new ArrayList<>(transforms);
    sorted.sort(Comparator.comparingInt(Transform::order));
    this.transforms = List.copyOf(sorted);
  }

  /** A pipeline that changes nothing. */
  public static Pipeline empty() {
    return EMPTY;
  }

  /** A pipeline of these transforms. */
  public static Pipeline of(Transform<?, ?>... transforms) {
    return new Pipeline(List.of(transforms));
  }

  /** A pipeline of these transforms. */
  public static Pipeline of(List<? extends Transform<?, ?>> transforms) {
    return new Pipeline(transforms);
  }

  /** Returns the transforms in the order in which they encode. */
  public List<Transform<?, ?>> transforms() {
    return transforms;
  }

  /** Sets up each transform on what the ones before it make of the training values. */
  public void setup(Iterable<?> training) {
    for (int k = 0; k < transforms.size(); k++) {
      setup(transforms.get(k), training, k);
    }
  }

  private <X, Y> void setup(Transform<X, Y> transform, Iterable<?> training, int before) {
    Iterable<X> lazy =
        () ->
            StreamSupport.stream(training.spliterator(), false)
                .map(v -> encode(v, Split.TRAIN, 0L, before))
                .flatMap(v -> v instanceof Sample s ? s.members().stream() : Stream.of(v))
                .filter(transform.accepts()::isInstance)
                .map(transform.accepts()::cast)
                .iterator();
    transform.setup(lazy);
  }

  /** Encodes a value, or each member of a {@link Sample} that a transform accepts. */
  public Object encode(Object x, Split split, Rng rng) {
    return encode(x, split, rng.nextLong(), transforms.size());
  }

  Object encode(Object x, Split split, long seed) {
    return encode(x, split, seed, transforms.size());
  }

  private Object encode(Object x, Split split, long seed, int count) {
    Object value = x;
    for (int k = 0; k < count; k++) {
      Transform<?, ?> t = transforms.get(k);
      if (t.splits().contains(split)) {
        long own = Rng.of(seed, k).seed();
        value = each(value, m -> encodeOne(t, m, split, own));
      }
    }
    return value;
  }

  /** Decodes a value, or the members of a {@link Sample}, from the last transform to the first. */
  public Object decode(Object y, Split split) {
    Object value = y;
    for (int k = transforms.size() - 1; k >= 0; k--) {
      Transform<?, ?> t = transforms.get(k);
      if (t.splits().contains(split)) {
        value = each(value, m -> decodeOne(t, m));
      }
    }
    return value;
  }

  private static Object each(Object value, UnaryOperator<Object> step) {
    return value instanceof Sample s
        ? s.with(s.members().stream().map(step).toList())
        : step.apply(value);
  }

  private static <X, Y> Object encodeOne(Transform<X, Y> t, Object member, Split split, long seed) {
    return t.accepts().isInstance(member)
        ? Objects.requireNonNull(
            t.encode(t.accepts().cast(member), split, new Rng(seed)), () -> t.name() + " made null")
        : member;
  }

  private static <X, Y> Object decodeOne(Transform<X, Y> t, Object member) {
    return t.produces().isInstance(member) ? t.decode(t.produces().cast(member)) : member;
  }
}
