package org.onecycle.array;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * A large piece of the system's memory: blocks are cut from the lowest address where they fit, and
 * what is given back grows together with what is free beside it. Only what has been touched is
 * resident, so a region may be much larger than what is needed.
 */
final class Region {
  static final long ALIGNMENT = 64;

  /** Blocks remembered with their views; a process that goes on changing shapes starts anew. */
  private static final int MAX_KNOWN = 4096;

  private final Pointer base;
  private final long start;
  private final long bytes;
  // What is free, by address.
  private long[] from = new long[32];
  private long[] length = new long[32];
  private int ranges = 1;
  private long used;
  private long touched;
  private long lastUsed;
  private final Map<Long, Block> known = new HashMap<>();

  private Region(Pointer base, long bytes) {
    this.base = base;
    this.start = aligned(base.address());
    this.bytes = bytes;
    length[0] = bytes;
  }

  /** Returns a region of so many bytes, or null if the system has none left. */
  static Region of(long bytes) {
    Pointer base = Pointer.malloc(bytes + ALIGNMENT);
    return base == null || base.isNull() ? null : new Region(base, bytes);
  }

  static long aligned(long size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Cuts a block of an aligned size, or returns null if it fits nowhere. */
  Block take(long size) {
    if (size > bytes - used) {
      return null;
    }
    int i = 0;
    while (i < ranges && length[i] < size) {
      i++;
    }
    if (i == ranges) {
      return null;
    }
    long at = from[i];
    from[i] += size;
    length[i] -= size;
    if (length[i] == 0) {
      remove(i);
    }
    used += size;
    touched = Math.max(touched, at + size);
    return block(at, size);
  }

  /** Returns the block that lay there before if it was as large: it knows views of itself. */
  private Block block(long at, long size) {
    Block before = known.get(at);
    if (before != null && before.bytes == size) {
      return before;
    }
    if (known.size() == MAX_KNOWN) {
      known.clear();
    }
    Block made = Block.within(this, start + at, size);
    known.put(at, made);
    return made;
  }

  void give(Block block, long now) {
    long at = block.pointer().address() - start;
    long size = block.bytes;
    used -= size;
    lastUsed = now;
    int i = -1 - Arrays.binarySearch(from, 0, ranges, at);
    boolean before = i > 0 && from[i - 1] + length[i - 1] == at;
    boolean after = i < ranges && at + size == from[i];
    if (before && after) {
      length[i - 1] += size + length[i];
      remove(i);
    } else if (before) {
      length[i - 1] += size;
    } else if (after) {
      from[i] = at;
      length[i] += size;
    } else {
      insert(i, at, size);
    }
  }

  private void remove(int i) {
    ranges--;
    System.arraycopy(from, i + 1, from, i, ranges - i);
    System.arraycopy(length, i + 1, length, i, ranges - i);
  }

  private void insert(int i, long at, long size) {
    if (ranges == from.length) {
      from = Arrays.copyOf(from, 2 * ranges);
      length = Arrays.copyOf(length, 2 * ranges);
    }
    System.arraycopy(from, i, from, i + 1, ranges - i);
    System.arraycopy(length, i, length, i + 1, ranges - i);
    from[i] = at;
    length[i] = size;
    ranges++;
  }

  /** Returns whether no block of it is in use, nor has been since then. */
  boolean isIdle(long since) {
    return used == 0 && lastUsed < since;
  }

  /** Returns the memory that was in use at some time and is not now. */
  long free() {
    return touched - used;
  }

  /** Gives the memory back to the system; no block of it may be in use. */
  void release() {
    if (used != 0) {
      throw new IllegalStateException("A region with blocks in use cannot be released");
    }
    known.clear();
    Pointer.free(base);
  }
}
