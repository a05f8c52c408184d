package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/file");
  }

  private static Optional<String> problemWithStatus(int status) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOCAL, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      return Network.problem(address(server.getAddress().getPort()), PATIENCE);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nothingIsWrongWithAFileThatIsThere() throws IOException {
    assertEquals(Optional.empty(), problemWithStatus(200));
  }

  @Test
  void anotherAnswerIsNamed() throws IOException {
    assertEquals(Optional.of("127.0.0.1 answers HTTP 404"), problemWithStatus(404));
    assertEquals(Optional.of("127.0.0.1 answers HTTP 503"), problemWithStatus(503));
  }

  @Test
  void aServerThatOnlyRefusesTheQuestionMayStillGiveTheFile() throws IOException {
    assertEquals(Optional.empty(), problemWithStatus(403));
    assertEquals(Optional.empty(), problemWithStatus(405));
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, LOCAL)) {
      port = closed.getLocalPort();
    }
    assertEquals(
        Optional.of("127.0.0.1 cannot be reached"), Network.problem(address(port), PATIENCE));
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, LOCAL)) {
      assertEquals(
          Optional.of("127.0.0.1 cannot be reached"),
          Network.problem(address(silent.getLocalPort()), Duration.ofMillis(200)));
    }
  }
}
