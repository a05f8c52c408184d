package org.onecycle.io;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing comes any more, so that the reader gets an exception. */
final class StallGuard implements AutoCloseable {
  private final InputStream stream;
  private final long limit;
  private final Thread watcher = new Thread(this::watch, "download-stall-guard");
  private volatile long last = System.nanoTime();
  private volatile boolean fired;

  StallGuard(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limit = limit.toNanos();
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Something has come. */
  void alive() {
    last = System.nanoTime();
  }

  /** Whether it has closed the stream. */
  boolean fired() {
    return fired;
  }

  private void watch() {
    try {
      for (long left = limit; left > 0; left = limit - (System.nanoTime() - last)) {
        Thread.sleep(left / 1_000_000 + 1);
      }
      fired = true;
      stream.close();
    } catch (InterruptedException | IOException e) {
      // The download has ended.
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
