package org.onecycle.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Layout;
import org.onecycle.array.Shapes;

/**
 * oneDNN's description of how an array of one shape lies in memory: C-order or blocked, such as
 * {@code nChw16c}. There is one object for each description, so comparing references is enough.
 */
final class OneDnnLayout implements Layout {
  private static final Map<List<Object>, OneDnnLayout> PLAIN = new HashMap<>();
  private static final Map<List<Long>, List<OneDnnLayout>> BY_SHAPE = new HashMap<>();

  final memory.desc desc;
  final long[] shape;
  final long bytes;
  final boolean plain;

  private OneDnnLayout(memory.desc desc, long[] shape, boolean plain) {
    this.desc = desc;
    this.shape = shape;
    this.bytes = desc.get_size();
    this.plain = plain;
  }

  /** Returns the C-order layout of FLOAT arrays of a shape. */
  static synchronized OneDnnLayout plain(long... shape) {
    List<Object> key = List.of(box(shape));
    OneDnnLayout known = PLAIN.get(key);
    if (known == null) {
      long[] dims = shape.length == 0 ? new long[] {1} : shape.clone();
      memory.desc desc = new memory.desc(dims, memory.data_type.f32, Shapes.strides(dims));
      known = new OneDnnLayout(desc, dims, true);
      PLAIN.put(key, known);
      BY_SHAPE.computeIfAbsent(box(dims), k -> new ArrayList<>()).add(known);
    }
    return known;
  }

  /** Returns a layout that leaves the choice to the primitive. */
  static memory.desc any(long... shape) {
    return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
  }

  /** Returns the layout with this description. */
  static synchronized OneDnnLayout of(memory.desc desc, long... shape) {
    plain(shape);
    List<OneDnnLayout> same = BY_SHAPE.get(box(shape));
    for (OneDnnLayout l : same) {
      if (l.desc.equals(desc)) {
        return l;
      }
    }
    OneDnnLayout made = new OneDnnLayout(new memory.desc(desc), shape.clone(), false);
    same.add(made);
    return made;
  }

  /** Returns the layout of an array, whatever it is. */
  static OneDnnLayout of(Array a) {
    return a.layout() instanceof OneDnnLayout l ? l : plain(a.shape());
  }

  /** Returns the layout of the same kind for another four-dimensional shape; C order if unsure. */
  static OneDnnLayout like(OneDnnLayout layout, long... shape) {
    if (layout.plain || layout.shape.length != 4 || shape.length != 4) {
      return plain(shape);
    }
    int blocks = layout.desc.get_inner_nblks();
    memory.format_tag tag =
        blocks == 0
            ? memory.format_tag.nhwc
            : layout.desc.get_inner_blks().get(0) == 16
                ? memory.format_tag.nChw16c
                : memory.format_tag.nChw8c;
    if (blocks > 1 || !layout.desc.equals(tagged(tag, layout.shape))) {
      return plain(shape);
    }
    return of(tagged(tag, shape), shape);
  }

  /** Returns how many channels stand together: those of a part must be whole blocks. */
  long block() {
    return desc.get_inner_nblks() == 0 ? 1 : desc.get_inner_blks().get(0);
  }

  private static memory.desc tagged(memory.format_tag tag, long... shape) {
    return new memory.desc(shape, memory.data_type.f32, tag);
  }

  private static List<Long> box(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** Returns an uninitialised FLOAT array that lies like this. */
  Array allocate(long... logical) {
    return plain
        ? Array.empty(DType.FLOAT, logical)
        : Array.opaque(DType.FLOAT, logical, bytes, this);
  }

  /** Returns the array in this layout: itself if it already is. */
  Array convert(Array a) {
    OneDnnLayout from = of(a);
    if (from == this) {
      return a;
    }
    Array out = allocate(shape);
    OneDnnCall.reorder(from, this).run(a, out);
    return out;
  }

  @Override
  public void unpack(Array opaque, Array target) {
    OneDnnCall.reorder(this, plain(shape)).run(opaque, target);
  }
}
