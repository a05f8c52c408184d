package org.onecycle.data;

import java.util.Optional;
import org.onecycle.array.DType;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * Java's own numbers as members of a batch.
 *
 * <p>Float and Double become FLOAT, Integer, Long and Boolean (as 0 and 1) INT64, {@code float[]}
 * and {@code long[]} rows of these types.
 */
final class Numbers {
  private Numbers() {}

  /** Returns the value as something that collates, or nothing when it does not. */
  static Optional<Collatable> collatable(Object value) {
    if (value instanceof Collatable c) {
      return Optional.of(c);
    }
    if (value instanceof Float || value instanceof Double) {
      return Optional.of(new Floats(new float[] {((Number) value).floatValue()}, true));
    }
    if (value instanceof Integer || value instanceof Long) {
      return Optional.of(new Longs(new long[] {((Number) value).longValue()}, true));
    }
    if (value instanceof Boolean b) {
      return Optional.of(new Longs(new long[] {b ? 1 : 0}, true));
    }
    if (value instanceof float[] row) {
      return Optional.of(new Floats(row, false));
    }
    if (value instanceof long[] row) {
      return Optional.of(new Longs(row, false));
    }
    return Optional.empty();
  }

  static void register() {
    Exports.register("data.floats", s -> new Floats(new float[1], s.path("scalar").asBoolean()));
    Exports.register("data.longs", s -> new Longs(new long[1], s.path("scalar").asBoolean()));
  }

  private record Floats(float[] values, boolean scalar) implements Collatable, Exportable {
    @Override
    public Spec spec() {
      return new Spec("data.floats", Spec.object().put("scalar", scalar));
    }

    @Override
    public DType dtype() {
      return DType.FLOAT;
    }

    @Override
    public long[] shape() {
      return scalar ? new long[0] : new long[] {values.length};
    }

    @Override
    public void writeTo(HostArray target, int offset) {
      System.arraycopy(values, 0, target.floats(), offset, values.length);
    }

    @Override
    public Object restore(Tensor value) {
      return scalar ? (Object) (float) value.item() : value.toFloats();
    }
  }

  private record Longs(long[] values, boolean scalar) implements Collatable, Exportable {
    @Override
    public Spec spec() {
      return new Spec("data.longs", Spec.object().put("scalar", scalar));
    }

    @Override
    public DType dtype() {
      return DType.INT64;
    }

    @Override
    public long[] shape() {
      return scalar ? new long[0] : new long[] {values.length};
    }

    @Override
    public void writeTo(HostArray target, int offset) {
      System.arraycopy(values, 0, target.longs(), offset, values.length);
    }

    @Override
    public Object restore(Tensor value) {
      return scalar ? (Object) (long) value.item() : value.toLongs();
    }
  }
}
