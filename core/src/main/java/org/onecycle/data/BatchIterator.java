package org.onecycle.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.onecycle.tensor.Rng;

/**
 * The batches of one epoch.
 *
 * <p>Workers are given one batch each, a bounded number ahead of the consumer, and never wait for
 * it: an iterator that is dropped half-way leaves no thread blocked. {@link #close} ends them at
 * once.
 */
public final class BatchIterator implements Iterator<Batch>, AutoCloseable {
  private static final long IDLE_SECONDS = 1;
  private static final long CLOSE_SECONDS = 10;
  private static final long ITEM = 1;
  private static final long BATCH = 2;

  private final BatchSource.Epoch epoch;
  private final int size;
  private final Split split;
  private final BatchTransforms batchTfms;
  private final long seed;
  private final int ahead;
  private final int itemwise;
  private final ThreadPoolExecutor workers;
  private final Queue<Future<HostBatch>> pending = new ArrayDeque<>();
  private int submitted;
  private int next;
  private volatile boolean closed;

  BatchIterator(
      BatchSource source, BatchTransforms batchTfms, LoaderOptions options, long epochSeed) {
    this.epoch = source.epoch(new Rng(epochSeed));
    this.size = source.size();
    this.split = source.split();
    this.batchTfms = batchTfms;
    this.seed = epochSeed;
    this.ahead = options.ahead();
    this.itemwise = epoch instanceof StackedEpoch ? batchTfms.itemwise(split) : -1;
    this.workers = options.workers() == 0 ? null : pool(options.workers());
  }

  private static ThreadPoolExecutor pool(int n) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            n,
            n,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            job -> {
              Thread thread = new Thread(job, "onecycle-loader");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public boolean hasNext() {
    return !closed && next < size;
  }

  /**
   * Returns the next batch, whose tensors belong to the scope of the calling thread.
   *
   * @throws ItemException if an item could not be read or transformed; the iterator is then closed
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + size + " batches");
    }
    boolean done = false;
    try {
      HostBatch host = workers == null ? read(next) : await();
      Batch batch = host.toBatch();
      if (epoch instanceof StackedEpoch) {
        HostPool.SHARED.give(host.arrays());
      }
      batch = batchTfms.encode(batch, split, Rng.of(seed, BATCH, next), itemwise + 1);
      next++;
      done = true;
      return batch;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private HostBatch read(int batch) {
    if (!(epoch instanceof StackedEpoch stacked)) {
      return epoch.read(batch, rngs());
    }
    if (itemwise < 0) {
      return stacked.read(batch, rngs(), null, null, HostPool.SHARED);
    }
    ItemwiseTransform first = (ItemwiseTransform) batchTfms.transforms().get(itemwise);
    Rng rng = BatchTransforms.rng(Rng.of(seed, BATCH, batch), itemwise);
    return stacked.read(batch, rngs(), first, rng, HostPool.SHARED);
  }

  private IntFunction<Rng> rngs() {
    return position -> {
      if (closed) {
        throw new CancellationException("the epoch was abandoned");
      }
      return Rng.of(seed, ITEM, position);
    };
  }

  private HostBatch await() {
    submit();
    try {
      return pending.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      // Languages that do not check exceptions throw any.
      throw new IllegalStateException(
          "batch " + next + " cannot be read: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for batch " + next, e);
    }
  }

  private void submit() {
    while (submitted < size && pending.size() < ahead) {
      int batch = submitted++;
      pending.add(workers.submit(() -> read(batch)));
    }
    if (submitted == size) {
      workers.shutdown();
    }
  }

  /** Ends the epoch: pending batches are dropped, running workers stop after their item. */
  @Override
  public void close() {
    closed = true;
    if (workers == null) {
      return;
    }
    // No interrupts: they would close files and channels that the user's items may share.
    pending.forEach(f -> f.cancel(false));
    pending.clear();
    workers.shutdown();
    try {
      workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
