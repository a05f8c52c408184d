package org.onecycle.bench.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A worker's side of the talk with the driver: one JSON object a line, orders in, messages out.
 *
 * <p>The time of a step that belongs to no order, while the worker waits, is not measured.
 */
public final class WorkerLoop implements Pace {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NANOS = 1e9;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private final BufferedReader in;
  private final PrintStream out;
  private Order order;
  private long steps;
  private long start;

  private WorkerLoop(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /** Makes the work that a row asks for. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes the work.
     *
     * @throws UnsupportedOperationException if it can't be done, with the reason
     */
    Work make();
  }

  /**
   * Serves until the driver has had enough.
   *
   * @param software what does the work, with its version
   */
  public static void serve(InputStream in, PrintStream out, String software, Maker maker) {
    WorkerLoop loop = new WorkerLoop(in, out);
    Work work;
    try {
      work = maker.make();
    } catch (UnsupportedOperationException e) {
      loop.send(Message.absent(e.getMessage()));
      return;
    } catch (RuntimeException e) {
      loop.send(Message.absent(e.toString()));
      throw e;
    }
    loop.send(Message.ready(software, work));
    if (loop.await()) {
      work.run(loop);
    }
    loop.send(Message.end(peakKb(STATUS)));
  }

  @Override
  public boolean next(double loss) {
    steps++;
    double seconds = (System.nanoTime() - start) / NANOS;
    if (steps < order.steps() || seconds < order.seconds()) {
      return true;
    }
    send(Message.done(steps, seconds, loss));
    return await();
  }

  private boolean await() {
    try {
      String line = in.readLine();
      order = line == null ? Order.END : JSON.readValue(line, Order.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    steps = 0;
    start = System.nanoTime();
    return order.steps() > 0;
  }

  private void send(Message message) {
    try {
      out.println(JSON.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  /** Returns the largest resident memory of a process, in KiB; 0 where the system does not tell. */
  static long peakKb(Path status) {
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(l -> l.startsWith(PEAK))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
