package org.onecycle.array;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Native memory, kept between uses.
 *
 * <p>Blocks of the host are cut from a few large regions, the oldest region and the lowest address
 * first, so what is held is about what is in use at the same time at most. Small blocks, of which
 * there are many, and those of a device are kept by size: sizes are rounded up a little so that
 * blocks fit again, and a request takes the smallest free block that is at most a quarter too
 * large. Regions without blocks in use and small blocks that nobody has taken for a while go back
 * to the system.
 */
final class Pool {
  private static final long SWEEP_EVERY = 16;
  private static final long KEEP_FOR = 48;

  /** Memory of arrays that only the garbage collector can free; past this it is asked to. */
  private static final long LOOSE_LIMIT = 512L << 20;

  /** How many larger classes may serve a request: a quarter more memory at most. */
  private static final int LARGER = 2;

  private static final int CLASSES = 16 + 8 * 54;

  /** Blocks of the host up to this size are kept by size. */
  private static final long SMALL = 64 << 10;

  /** The address space of a region: fewer are fuller, more of them go back. */
  private static final long REGION = 512L << 20;

  private static final List<Region> REGIONS = new ArrayList<>();

  /** Free blocks by class of size: of host memory under null, of a device by type. */
  private static final Map<DType, List<ArrayDeque<Block>>> FREE = new HashMap<>();

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
    return HOST && bytes > SMALL ? takeLarge(bytes) : takeOfClass(dtype, bytes);
  }

  private static synchronized Block takeLarge(long bytes) {
    long size = Region.aligned(bytes);
    for (Region r : REGIONS) {
      Block block = r.take(size);
      if (block != null) {
        usedBytes += size;
        return block;
      }
    }
    Region region = Region.of(Math.max(size, REGION));
    if (region == null) {
      clear();
      region = Region.of(size);
    }
    if (region == null) {
      throw noMemory(size);
    }
    REGIONS.add(region);
    usedBytes += size;
    return region.take(size);
  }

  private static Block takeOfClass(DType dtype, long bytes) {
    int index = sizeClass(bytes);
    long size = classBytes(index);
    DType kind = HOST ? null : dtype;
    synchronized (Pool.class) {
      List<ArrayDeque<Block>> free = free(kind);
      for (int i = index; i <= index + LARGER && i < CLASSES; i++) {
        Block block = free.get(i).pollLast();
        if (block != null) {
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
      throw noMemory(size);
    }
    return block;
  }

  private static OutOfMemoryError noMemory(long size) {
    return new OutOfMemoryError(
        "The system gave no "
            + (size >> 20)
            + " MiB of native memory; arrays hold "
            + (usedBytes >> 20)
            + " MiB");
  }

  private static Block allocate(DType dtype, long size) {
    return HOST ? Block.host(size) : Block.device(size, dtype);
  }

  static synchronized void give(Block block) {
    usedBytes -= block.bytes;
    if (block.region != null) {
      block.region.give(block, epoch);
      return;
    }
    freeBytes += block.bytes;
    block.lastUsed = epoch;
    free(block.dtype).get(sizeClass(block.bytes)).addLast(block);
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
    REGIONS.removeIf(
        r -> {
          boolean idle = r.isIdle(olderThan);
          if (idle) {
            r.release();
          }
          return idle;
        });
    for (List<ArrayDeque<Block>> classes : FREE.values()) {
      for (ArrayDeque<Block> blocks : classes) {
        while (!blocks.isEmpty() && blocks.peekFirst().lastUsed < olderThan) {
          Block b = blocks.pollFirst();
          freeBytes -= b.bytes;
          b.free();
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
      awaitReturns();
      synchronized (Pool.class) {
        // What survived is in real use: look again only when as much has been added.
        looseLimit = Math.max(LOOSE_LIMIT, looseBytes * 2);
      }
    }
  }

  /** The cleaner works through its queue from the newest on: waits while much is still coming. */
  private static void awaitReturns() {
    long before = Long.MAX_VALUE;
    try {
      for (int idle = 0; idle < 3; ) {
        long now = looseBytes();
        if (now <= LOOSE_LIMIT / 2) {
          return;
        }
        idle = now < before ? 0 : idle + 1;
        before = now;
        Thread.sleep(15);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized long looseBytes() {
    return looseBytes;
  }

  static synchronized MemoryUse use() {
    long free = freeBytes;
    for (Region r : REGIONS) {
      free += r.free();
    }
    return new MemoryUse(usedBytes, free);
  }

  private static List<ArrayDeque<Block>> free(DType kind) {
    List<ArrayDeque<Block>> known = FREE.get(kind);
    if (known == null) {
      known = Stream.generate(() -> new ArrayDeque<Block>(2)).limit(CLASSES).toList();
      FREE.put(kind, known);
    }
    return known;
  }

  /**
   * Returns the class of a size: up to 1 KiB in steps of 64 bytes, then eight classes for each
   * power of two, so at most an eighth is wasted.
   */
  static int sizeClass(long bytes) {
    if (bytes <= 1024) {
      return (int) (Math.max(0, bytes - 1) / 64);
    }
    int power = 63 - Long.numberOfLeadingZeros(bytes - 1);
    return 16 + (power - 10) * 8 + (int) ((bytes - 1 - (1L << power)) >> (power - 3));
  }

  /** Returns the largest size of a class. */
  static long classBytes(int index) {
    if (index < 16) {
      return (index + 1) * 64L;
    }
    int power = 10 + (index - 16) / 8;
    return (1L << power) + (((index - 16) % 8 + 1L) << (power - 3));
  }
}
