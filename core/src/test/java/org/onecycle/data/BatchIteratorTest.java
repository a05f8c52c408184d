package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchIteratorTest {
  private static DataLoaderBuilder loader(int n, Function<Integer, Integer> read) {
    int[] all = IntStream.range(0, n).toArray();
    var data =
        Datasets.of(
            IntStream.range(0, n).boxed().toList(),
            new Splits(all, new int[0]),
            List.of(Column.of(Transform.of(Integer.class, Integer.class, read))));
    return DataLoader.builder(data.train()).shuffle(false);
  }

  @Test
  void workersRunAtTheSameTimeAsDaemons() throws InterruptedException {
    // Each of the first two batches waits until the other has begun.
    CountDownLatch both = new CountDownLatch(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    BatchIterator batches =
        loader(
                4,
                x -> {
                  threads.add(Thread.currentThread());
                  both.countDown();
                  await(both);
                  return x;
                })
            .bs(1)
            .workers(2)
            .build()
            .iterator();
    batches.forEachRemaining(b -> {});
    assertEquals(2, threads.size());
    for (Thread thread : threads) {
      assertTrue(thread.isDaemon());
      // Ended by itself: the epoch was read to its end, nobody closed the iterator.
      thread.join();
    }
  }

  @Test
  void noMoreThanPrefetchBatchesAreReadAhead() {
    AtomicInteger started = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch three = new CountDownLatch(3);
    BatchIterator batches =
        loader(
                20,
                x -> {
                  started.incrementAndGet();
                  three.countDown();
                  if (x > 0) {
                    await(gate);
                  }
                  return x;
                })
            .bs(1)
            .workers(8)
            .prefetch(3)
            .build()
            .iterator();
    batches.next();
    await(three);
    assertEquals(3, started.get());
    gate.countDown();
    batches.close();
  }

  @Test
  void closingEarlyEndsTheThreadsAndReadsNothingMore() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger read = new AtomicInteger();
    BatchIterator batches =
        loader(
                10_000,
                x -> {
                  threads.add(Thread.currentThread());
                  read.incrementAndGet();
                  return x;
                })
            .bs(10)
            .workers(3)
            .build()
            .iterator();
    batches.next();
    batches.close();
    int until = read.get();
    assertFalse(batches.hasNext());
    assertFalse(threads.isEmpty());
    threads.forEach(BatchIteratorTest::join);
    assertEquals(until, read.get());
    assertTrue(until <= 60, "no more than the first batches were read: " + until);
  }

  @Test
  void closingWaitsOnlyForTheItemInHand() {
    CountDownLatch inHand = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger after = new AtomicInteger();
    BatchIterator batches =
        loader(
                200,
                x -> {
                  if (x == 100) {
                    inHand.countDown();
                    await(closing);
                  } else if (x > 100) {
                    after.incrementAndGet();
                  }
                  return x;
                })
            .bs(100)
            .workers(1)
            .build()
            .iterator();
    batches.next();
    await(inHand);
    Thread closer = new Thread(batches::close);
    closer.start();
    while (batches.hasNext()) {
      Thread.onSpinWait();
    }
    closing.countDown();
    join(closer);
    assertEquals(0, after.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aFailingItemIsNamedInTheConsumer(int workers) {
    IllegalStateException cause = new IllegalStateException("broken file");
    BatchIterator batches =
        loader(
                12,
                x -> {
                  if (x == 6) {
                    throw cause;
                  }
                  return x;
                })
            .bs(4)
            .workers(workers)
            .build()
            .iterator();
    assertEquals(4, batches.next().size());
    ItemException e = assertThrows(ItemException.class, batches::next);
    assertEquals("item 6 (6): broken file", e.getMessage());
    assertEquals(6, e.index());
    assertSame(cause, e.getCause());
    assertFalse(batches.hasNext());
  }

  @Test
  void errorsOfTheMachineArriveAsTheyAre() {
    BatchIterator batches =
        loader(
                4,
                x -> {
                  throw new OutOfMemoryError("made up");
                })
            .bs(4)
            .workers(1)
            .build()
            .iterator();
    assertEquals("made up", assertThrows(OutOfMemoryError.class, batches::next).getMessage());
  }

  /** As Kotlin and Scala do, which do not check exceptions. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void checkedExceptionsOfOtherLanguagesNameTheItemToo(int workers) {
    IOException cause = new IOException("disk gone");
    BatchIterator batches =
        loader(
                4,
                x -> {
                  BatchIteratorTest.<RuntimeException>sneak(cause);
                  return x;
                })
            .bs(4)
            .workers(workers)
            .build()
            .iterator();
    ItemException e = assertThrows(ItemException.class, batches::next);
    assertEquals("item 0 (0): disk gone", e.getMessage());
    assertSame(cause, e.getCause());
  }

  @Test
  void checkedExceptionsOfACollateNameTheBatch() {
    IOException cause = new IOException("disk gone");
    BatchIterator batches =
        loader(4, x -> x)
            .bs(2)
            .workers(1)
            .collate(
                (samples, indices) -> {
                  if (indices[0] == 2) {
                    BatchIteratorTest.<RuntimeException>sneak(cause);
                  }
                  return Collate.stack().collate(samples, indices);
                })
            .build()
            .iterator();
    batches.next();
    IllegalStateException e = assertThrows(IllegalStateException.class, batches::next);
    assertEquals("batch 1 cannot be read: java.io.IOException: disk gone", e.getMessage());
    assertSame(cause, e.getCause());
  }

  @Test
  void collateErrorsReachTheConsumer() {
    int[] all = {0, 1, 2};
    var data =
        Datasets.of(
            List.of(1, 2, 3),
            new Splits(all, all),
            List.of(Column.of(Transform.of(Integer.class, float[].class, float[]::new))));
    BatchIterator batches = DataLoader.builder(data.valid()).bs(3).workers(1).build().iterator();
    String message = assertThrows(IllegalArgumentException.class, batches::next).getMessage();
    assertTrue(message.contains("[1] in item 0, FLOAT [2] in item 1"), message);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
