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
  final DType dtype;
  final long[] shape;
  final long bytes;
  final boolean plain;

  private OneDnnLayout(memory.desc desc, long[] shape, boolean plain) {
    this.desc = desc;
    this.dtype =
        desc.get_data_type().intern() == memory.data_type.bf16 ? DType.BFLOAT16 : DType.FLOAT;
    this.shape = shape;
    this.bytes = desc.get_size();
    this.plain = plain;
  }

  /** Returns whether arrays of this type can have layouts: FLOAT and BFLOAT16. */
  static boolean has(DType dtype) {
    return dtype == DType.FLOAT || dtype == DType.BFLOAT16;
  }

  static memory.data_type type(DType dtype) {
    return dtype == DType.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32;
  }

  /** Returns the C-order layout of FLOAT arrays of a shape. */
  static OneDnnLayout plain(long... shape) {
    return plain(DType.FLOAT, shape);
  }

  /** Returns the C-order layout of arrays of a shape. */
  static synchronized OneDnnLayout plain(DType dtype, long... shape) {
    List<Object> key = List.of(dtype, box(shape));
    OneDnnLayout known = PLAIN.get(key);
    if (known == null) {
      long[] dims = shape.length == 0 ? new long[] {1} : shape.clone();
      memory.desc desc = new memory.desc(dims, type(dtype), Shapes.strides(dims));
      known = new OneDnnLayout(desc, dims, true);
      PLAIN.put(key, known);
      BY_SHAPE.computeIfAbsent(box(dims), k -> new ArrayList<>()).add(known);
    }
    return known;
  }

  /** Returns a layout that leaves the choice to the primitive. */
  static memory.desc any(DType dtype, long... shape) {
    return new memory.desc(shape, type(dtype), memory.format_tag.any);
  }

  /** Returns the description with channels last: {@code [N, H, W, C]}. */
  static memory.desc channelsLast(DType dtype, long... shape) {
    return tagged(memory.format_tag.nhwc, dtype, shape);
  }

  /** Returns the layout with this description. */
  static synchronized OneDnnLayout of(memory.desc desc, long... shape) {
    plain(DType.FLOAT, shape);
    plain(DType.BFLOAT16, shape);
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
    return a.layout() instanceof OneDnnLayout l ? l : plain(a.dtype(), a.shape());
  }

  /** Returns the layout of the same kind for another four-dimensional shape; C order if unsure. */
  static OneDnnLayout like(OneDnnLayout layout, long... shape) {
    return like(layout, layout.dtype, shape);
  }

  /** As {@link #like(OneDnnLayout, long...)}, for another type. */
  static OneDnnLayout like(OneDnnLayout layout, DType dtype, long... shape) {
    if (layout.plain || layout.shape.length != 4 || shape.length != 4) {
      return plain(dtype, shape);
    }
    int blocks = layout.desc.get_inner_nblks();
    memory.format_tag tag =
        blocks == 0
            ? memory.format_tag.nhwc
            : layout.desc.get_inner_blks().get(0) == 16
                ? memory.format_tag.nChw16c
                : memory.format_tag.nChw8c;
    if (blocks > 1 || !layout.desc.equals(tagged(tag, layout.dtype, layout.shape))) {
      return plain(dtype, shape);
    }
    return of(tagged(tag, dtype, shape), shape);
  }

  /** Returns whether the channels of pictures stand last. */
  boolean isLast() {
    return shape.length == 4 && !plain && desc.equals(channelsLast(dtype, shape));
  }

  /** Returns how many channels stand together: those of a part must be whole blocks. */
  long block() {
    return desc.get_inner_nblks() == 0 ? 1 : desc.get_inner_blks().get(0);
  }

  private static memory.desc tagged(memory.format_tag tag, DType dtype, long... shape) {
    return new memory.desc(shape, type(dtype), tag);
  }

  private static List<Long> box(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** Returns an uninitialised array that lies like this. */
  Array allocate(long... logical) {
    return plain ? Array.empty(dtype, logical) : Array.opaque(dtype, logical, bytes, this);
  }

  /** Returns the array in this layout and type: itself if it already is. */
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
    OneDnnCall.reorder(this, plain(dtype, shape)).run(opaque, target);
  }
}
