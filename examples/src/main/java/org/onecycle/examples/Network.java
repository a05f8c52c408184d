package org.onecycle.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Finds out in a few seconds whether a download has any chance. */
final class Network {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int FORBIDDEN = 403;
  private static final int NOT_ALLOWED = 405;

  private Network() {}

  /** Returns why nothing can be had from the address, or nothing if it answers. */
  static Optional<String> problem(URI address) {
    return problem(address, PATIENCE);
  }

  static Optional<String> problem(URI address, Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest head =
        HttpRequest.newBuilder(address)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .timeout(patience)
            .build();
    try {
      int status = client.send(head, HttpResponse.BodyHandlers.discarding()).statusCode();
      // Storage behind signed addresses refuses to be asked, not to be read.
      return status / 100 == 2 || status == FORBIDDEN || status == NOT_ALLOWED
          ? Optional.empty()
          : Optional.of(address.getHost() + " answers HTTP " + status);
    } catch (IOException e) {
      return Optional.of(address.getHost() + " cannot be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
