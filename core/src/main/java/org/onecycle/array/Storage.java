package org.onecycle.array;

import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The memory behind one or more arrays, with its end of life: it belongs to a {@link Scope}, or,
 * outside of scopes, to the garbage collector.
 */
final class Storage {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long bytes;
  private Layout layout;
  private final AtomicReference<Block> block;
  private Scope scope;
  private Cleaner.Cleanable cleanable;
  private volatile long version;

  private Storage(Block block, long bytes, Layout layout) {
    this.block = new AtomicReference<>(block);
    this.bytes = bytes;
    this.layout = layout;
  }

  static Storage allocate(DType dtype, long bytes, Layout layout, Scope scope) {
    if (scope == null) {
      Pool.loose(bytes);
    }
    Storage storage = new Storage(Pool.take(dtype, bytes), bytes, layout);
    if (scope == null) {
      storage.loosen();
    } else {
      storage.scope = scope;
      scope.add(storage);
    }
    return storage;
  }

  /** What the collector runs: it must not reach the storage itself. */
  private record Return(AtomicReference<Block> block, long bytes) implements Runnable {
    @Override
    public void run() {
      Block b = block.getAndSet(null);
      if (b != null) {
        Pool.loose(-bytes);
        Pool.give(b);
      }
    }
  }

  private void loosen() {
    cleanable = CLEANER.register(this, new Return(block, bytes));
  }

  Scope scope() {
    return scope;
  }

  Layout layout() {
    return layout;
  }

  long bytes() {
    return bytes;
  }

  long version() {
    return version;
  }

  // Two writers at once are a race of their own; a lost count among them changes nothing.
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void changed() {
    version++;
  }

  /**
   * Replaces an opaque block by a plain one for all arrays that lie in it.
   *
   * @param unpack writes the elements into the plain storage it is given
   */
  void makePlain(DType dtype, long plainBytes, Consumer<Storage> unpack) {
    Storage target = new Storage(Pool.take(dtype, plainBytes), plainBytes, null);
    boolean done = false;
    try {
      unpack.accept(target);
      done = true;
    } finally {
      Pool.give(done ? block.getAndSet(target.block()) : target.block());
    }
    layout = null;
  }

  /** Moves the storage to another scope, or to the collector's care. */
  void moveTo(Scope target) {
    if (target == scope || isReleased()) {
      return;
    }
    if (scope == null) {
      // From the collector to a scope: the record forgets the block, which the scope now frees.
      throw new IllegalStateException("An array outside of scopes cannot be moved into one");
    }
    scope = target;
    if (target == null) {
      Pool.loose(bytes);
      loosen();
    } else {
      target.add(this);
    }
  }

  void release() {
    if (cleanable != null) {
      cleanable.clean();
      return;
    }
    Block b = block.getAndSet(null);
    if (b != null) {
      Pool.give(b);
    }
  }

  boolean isReleased() {
    return block.get() == null;
  }

  Block block() {
    Block b = block.get();
    if (b == null) {
      throw new IllegalStateException(
          "The array's memory has been given back: its scope has closed. Keep what must live"
              + " longer with scope.keep(..), or copy it out before");
    }
    return b;
  }

  /** Waits a moment for the cleaner thread to return what the collector has found. */
  static void awaitCleaner() {
    CountDownLatch seen = new CountDownLatch(1);
    register(seen);
    System.gc();
    try {
      seen.await(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void register(CountDownLatch seen) {
    CLEANER.register(new Object(), seen::countDown);
  }
}
