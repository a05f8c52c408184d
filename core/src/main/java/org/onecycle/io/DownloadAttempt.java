package org.onecycle.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request of a download; it goes on where the last one ended if the server agrees. */
final class DownloadAttempt {
  /** The server has answered, and asking again will not help. */
  static final class FinalException extends IOException {
    private static final long serialVersionUID = 1L;

    FinalException(String message) {
      super(message);
    }
  }

  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final HttpClient client;
  private final Duration stall;
  private final RemoteFile file;
  private final PartFile part;
  private final DownloadProgress progress;

  DownloadAttempt(
      HttpClient client,
      Duration stall,
      RemoteFile file,
      PartFile part,
      DownloadProgress progress) {
    this.client = client;
    this.stall = stall;
    this.file = file;
    this.part = part;
    this.progress = progress;
  }

  void run() throws IOException, InterruptedException {
    long have = part.size();
    String version = part.version();
    // Without a version or a hash nothing would tell that the file has changed since.
    if (have > 0 && version.isEmpty() && file.sha256().isEmpty()) {
      have = 0;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(file.url()).timeout(stall).header("User-Agent", "onecycle");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      if (!version.isEmpty()) {
        request.header("If-Range", version);
      }
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      receive(response, body, have);
    }
  }

  private void receive(HttpResponse<InputStream> response, InputStream body, long have)
      throws IOException {
    switch (response.statusCode()) {
      case 200 -> {
        part.begin(version(response));
        copy(body, 0, response.headers().firstValueAsLong("Content-Length").orElse(-1));
      }
      case 206 -> {
        Matcher range =
            RANGE.matcher(response.headers().firstValue("Content-Range").orElse("missing"));
        if (!range.matches() || Long.parseLong(range.group(1)) != have) {
          part.delete();
          throw new IOException("the server sent another part than was asked for");
        }
        copy(body, have, range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2)));
      }
      case 416 -> {
        // What is there is as long as the file or longer: the checks decide, where there are any.
        if (file.sha256().isEmpty()) {
          part.delete();
          throw new IOException("the file at the server has changed");
        }
      }
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new IOException("the server answers HTTP " + response.statusCode());
      default -> throw new FinalException("the server answers HTTP " + response.statusCode());
    }
  }

  private static String version(HttpResponse<?> response) {
    // A weak ETag does not promise the same bytes.
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> response.headers().firstValue("Last-Modified"))
        .orElse("");
  }

  private void copy(InputStream body, long have, long total) throws IOException {
    long done = have;
    progress.update(file.name(), done, total);
    try (OutputStream out =
            Files.newOutputStream(
                part.path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        StallGuard guard = new StallGuard(body, stall)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
        out.write(buffer, 0, n);
        done += n;
        guard.alive();
        progress.update(file.name(), done, total);
      }
    }
    if (total >= 0 && done != total) {
      throw new IOException("the connection ended at byte " + done + " of " + total);
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
    IOException cause = null;
    int n = -1;
    try {
      n = body.read(buffer);
    } catch (IOException e) {
      cause = e;
    }
    if (guard.fired()) {
      throw new IOException("nothing came for " + stall.toSeconds() + " s", cause);
    }
    if (cause != null) {
      throw new IOException("the connection broke (" + cause.getMessage() + ")", cause);
    }
    return n;
  }
}
