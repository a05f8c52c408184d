package org.onecycle.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.onecycle.bench.work.Message;
import org.onecycle.bench.work.Order;

/** The driver's end of the talk with a process that does one side's work. */
final class Worker implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final long PATIENCE_SECONDS = 300;
  private static final long END_SECONDS = 10;

  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final Path log;
  private final Message ready;

  private Worker(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
    ready = answer();
  }

  /**
   * Starts a process and waits until it is ready.
   *
   * @param log gets what it writes to its error stream
   * @throws UnsupportedOperationException if it can't do the work or does not start, with the
   *     reason
   */
  static Worker start(ProcessBuilder start, Path log) {
    Process process = null;
    try {
      process = start.redirectError(log.toFile()).start();
      Worker worker = new Worker(process, log);
      if (worker.ready.absent() != null) {
        throw new UnsupportedOperationException(worker.ready.absent());
      }
      return worker;
    } catch (IOException e) {
      if (process != null) {
        process.destroyForcibly();
      }
      throw new UnsupportedOperationException(e.getMessage(), e);
    } catch (UnsupportedOperationException e) {
      process.destroy();
      throw e;
    }
  }

  /** Returns the first message. */
  Message ready() {
    return ready;
  }

  /** Has steps done. */
  Message run(long steps, double seconds) throws IOException {
    tell(new Order(steps, seconds));
    return answer();
  }

  /** Ends the process and returns its last message. */
  Message end() throws IOException {
    tell(Order.END);
    return answer();
  }

  private void tell(Order order) throws IOException {
    out.write(JSON.writeValueAsString(order));
    out.newLine();
    out.flush();
  }

  private Message answer() throws IOException {
    CompletableFuture<Message> line = CompletableFuture.supplyAsync(this::read);
    try {
      Message message = line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("it ended by itself: " + Texts.lastLine(log));
      }
      return message;
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + PATIENCE_SECONDS + " seconds", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads the next message; other lines are what libraries print. */
  private Message read() {
    try {
      String line;
      do {
        line = in.readLine();
      } while (line != null && !line.startsWith("{"));
      return line == null ? null : JSON.readValue(line, Message.class);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
