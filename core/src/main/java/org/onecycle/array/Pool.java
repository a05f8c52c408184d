package org.onecycle.array;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Native memory, kept between uses.
 *
 * <p>Sizes are rounded up a little so that blocks fit again; a request takes the smallest free
 * block that is at most a quarter too large. Blocks that nobody has taken for a while go back to
 * the system, so a process that changed its shapes does not keep the memory of the old ones.
 */
final class Pool {
  private static final long SWEEP_EVERY = 16;
  private static final long KEEP_FOR = 48;

  /** Memory of arrays that only the garbage collector can free; past this it is asked to. */
  private static final long LOOSE_LIMIT = 512L << 20;

  private static final Map<DType, TreeMap<Long, ArrayDeque<Block>>> FREE = new HashMap<>();
  private static final boolean HOST = Natives.loadOnHost();

  private static long epoch;
  private static long freeBytes;
  private static long usedBytes;
  private static long looseBytes;
  private static long looseLimit = LOOSE_LIMIT;

  private Pool() {}

  static boolean isHost() {
    return HOST;
  }

  static Block take(DType dtype, long bytes) {
    long size = sizeClass(bytes);
    DType kind = HOST ? null : dtype;
    synchronized (Pool.class) {
      TreeMap<Long, ArrayDeque<Block>> sizes = FREE.get(kind);
      if (sizes != null) {
        Map.Entry<Long, ArrayDeque<Block>> fit = sizes.ceilingEntry(size);
        if (fit != null && fit.getKey() <= size + size / 4) {
          Block block = fit.getValue().pollLast();
          if (fit.getValue().isEmpty()) {
            sizes.remove(fit.getKey());
          }
          freeBytes -= block.bytes;
          usedBytes += block.bytes;
          return block;
        }
      }
      usedBytes += size;
    }
    Block block = allocate(dtype, size);
    if (block == null) {
      clear();
      block = allocate(dtype, size);
    }
    if (block == null) {
      synchronized (Pool.class) {
        usedBytes -= size;
      }
      throw new OutOfMemoryError(
          "The system gave no "
              + (size >> 20)
              + " MiB of native memory; arrays hold "
              + (usedBytes >> 20)
              + " MiB");
    }
    return block;
  }

  private static Block allocate(DType dtype, long size) {
    return HOST ? Block.host(size) : Block.device(size, dtype);
  }

  static synchronized void give(Block block) {
    usedBytes -= block.bytes;
    freeBytes += block.bytes;
    block.lastUsed = epoch;
    FREE.computeIfAbsent(block.dtype, k -> new TreeMap<>())
        .computeIfAbsent(block.bytes, k -> new ArrayDeque<>())
        .addLast(block);
  }

  /** Called when an outermost scope closes: the pulse by which blocks grow old. */
  static synchronized void tick() {
    epoch++;
    if (epoch % SWEEP_EVERY == 0) {
      sweep(epoch - KEEP_FOR);
    }
  }

  /** Gives all free blocks back to the system. */
  static synchronized void clear() {
    sweep(Long.MAX_VALUE);
  }

  private static void sweep(long olderThan) {
    for (TreeMap<Long, ArrayDeque<Block>> sizes : FREE.values()) {
      Iterator<ArrayDeque<Block>> it = sizes.values().iterator();
      while (it.hasNext()) {
        ArrayDeque<Block> blocks = it.next();
        while (!blocks.isEmpty() && blocks.peekFirst().lastUsed < olderThan) {
          Block b = blocks.pollFirst();
          freeBytes -= b.bytes;
          b.free();
        }
        if (blocks.isEmpty()) {
          it.remove();
        }
      }
    }
  }

  /**
   * Counts memory that no scope owns. The collector does not see native memory, so when much of it
   * has come to hang on unreachable objects it must be told to look.
   */
  static void loose(long bytes) {
    boolean collect = false;
    synchronized (Pool.class) {
      looseBytes += bytes;
      if (bytes > 0 && looseBytes > looseLimit) {
        collect = true;
      }
    }
    if (collect) {
      System.gc();
      Storage.awaitCleaner();
      synchronized (Pool.class) {
        // What survived is in real use: look again only when as much has been added.
        looseLimit = Math.max(LOOSE_LIMIT, looseBytes * 2);
      }
    }
  }

  static synchronized MemoryUse use() {
    return new MemoryUse(usedBytes, freeBytes);
  }

  private static long sizeClass(long bytes) {
    if (bytes <= 1024) {
      return Math.max(64, (bytes + 63) & -64);
    }
    // Eight classes per power of two: at most an eighth is wasted.
    long step = Math.max(64, Long.highestOneBit(bytes) >> 3);
    return (bytes + step - 1) / step * step;
  }
}
