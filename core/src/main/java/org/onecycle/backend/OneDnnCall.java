package org.onecycle.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;
import org.onecycle.array.Array;

/**
 * A primitive with its arguments, made once for a shape and run again and again: a call sets the
 * arguments' addresses, nothing else.
 */
final class OneDnnCall {
  private static final int MAX_CACHED = 4096;
  private static final Map<List<Object>, Object> CACHE =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Object> eldest) {
          return size() > MAX_CACHED;
        }
      };

  private final primitive primitive;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final List<memory> memories = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private long[] addresses = {};
  private boolean alone;

  OneDnnCall(primitive primitive) {
    this.primitive = primitive;
  }

  /** Declares the next argument. */
  OneDnnCall with(int argument, memory.desc desc) {
    return with(argument, desc, 0);
  }

  /** Declares the next argument, which begins so many bytes behind an array's start. */
  OneDnnCall with(int argument, memory.desc desc, long offset) {
    offsets.add(offset);
    memory m = new memory(desc, OneDnn.engine(), (Pointer) null);
    memories.add(m);
    arguments.put(argument, m);
    return this;
  }

  /**
   * Leaves it to one thread if it is small: to wake others takes longer, and while they wait for
   * more they take from what this one has.
   */
  OneDnnCall alone(boolean small) {
    alone = small;
    return this;
  }

  /** Runs to the end on arrays that lie as declared, in the order of the declarations. */
  void run(Array... arrays) {
    runFrom(null, arrays);
  }

  /**
   * As {@link #run}, on later parts of the arrays.
   *
   * @param bytes how much further back each argument begins; null if none does
   */
  void runFrom(long[] bytes, Array... arrays) {
    synchronized (OneDnnCall.class) {
      if (addresses.length != memories.size()) {
        addresses = new long[memories.size()];
      }
      for (int i = 0; i < arrays.length; i++) {
        long from = offsets.get(i) + (bytes == null ? 0 : bytes[i]);
        long address = arrays[i].address() + from;
        // A loop of equal steps gets its memory in the same places again and again.
        if (addresses[i] != address) {
          memories.get(i).set_data_handle(arrays[i].pointer().position(from));
          addresses[i] = address;
        }
      }
      try {
        if (alone) {
          OneDnn.alone(this::execute);
        } else {
          execute();
        }
      } catch (RuntimeException e) {
        throw new OneDnnRefusal(e);
      }
    }
  }

  private OneDnnCall execute() {
    primitive.execute(OneDnn.stream(), arguments);
    OneDnn.stream()._wait();
    return this;
  }

  /**
   * Returns what was made before under the key, or makes it.
   *
   * @throws OneDnnRefusal if it cannot be made, now or before
   */
  @SuppressWarnings("unchecked")
  static <T> T cached(Supplier<T> make, Object... key) {
    List<Object> k = List.of(key);
    synchronized (OneDnnCall.class) {
      Object known = CACHE.get(k);
      if (known == null) {
        try {
          known = make.get();
        } catch (OneDnnRefusal e) {
          known = e;
        } catch (RuntimeException e) {
          known = new OneDnnRefusal(e);
        }
        CACHE.put(k, known);
      }
      if (known instanceof OneDnnRefusal refusal) {
        throw refusal;
      }
      return (T) known;
    }
  }

  static OneDnnCall reorder(OneDnnLayout from, OneDnnLayout to) {
    return cached(() -> copying(from.desc, to.desc), "reorder", from, to);
  }

  /** Makes the call that copies elements from one description of memory to another. */
  static OneDnnCall copying(memory.desc from, memory.desc to) {
    return copying(from, 0, to, 0);
  }

  /** As {@link #copying(memory.desc, memory.desc)}, so many bytes behind the arrays' starts. */
  static OneDnnCall copying(memory.desc from, long fromOffset, memory.desc to, long toOffset) {
    reorder.primitive_desc pd =
        new reorder.primitive_desc(
            OneDnn.engine(), from, OneDnn.engine(), to, new primitive_attr(), false);
    return new OneDnnCall(new reorder(pd))
        .with(dnnl.DNNL_ARG_SRC, from, fromOffset)
        .with(dnnl.DNNL_ARG_DST, to, toOffset);
  }
}
