package org.onecycle.io;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback interface that misbehaves as it is told, one trick for a request. */
final class FileServer implements AutoCloseable {
  enum Trick {
    CUT,
    STALL,
    BUSY,
    MISSING,
    WRONG_RANGE,
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Trick> tricks = new ArrayDeque<>();
  private final CountDownLatch end = new CountDownLatch(1);
  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  volatile byte[] content;
  volatile String etag = "\"1\"";
  volatile boolean supportsRanges = true;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/files/" + name);
  }

  FileServer next(Trick... list) {
    tricks.addAll(List.of(list));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(String.valueOf(range));
      Trick trick = tricks.poll();
      if (trick == Trick.BUSY || trick == Trick.MISSING) {
        exchange.sendResponseHeaders(trick == Trick.BUSY ? 503 : 404, -1);
        return;
      }
      if (etag != null) {
        exchange.getResponseHeaders().set("ETag", etag);
      }
      String condition = exchange.getRequestHeaders().getFirst("If-Range");
      boolean part =
          range != null && supportsRanges && (condition == null || condition.equals(etag));
      int from = part ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (part) {
        int said = trick == Trick.WRONG_RANGE ? from - 1 : from;
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(said, content.length - 1, content.length));
      }
      byte[] body = Arrays.copyOfRange(content, from, content.length);
      exchange.sendResponseHeaders(part ? 206 : 200, body.length);
      boolean whole = trick != Trick.CUT && trick != Trick.STALL;
      exchange.getResponseBody().write(body, 0, whole ? body.length : body.length / 2);
      if (trick == Trick.STALL) {
        exchange.getResponseBody().flush();
        end.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
