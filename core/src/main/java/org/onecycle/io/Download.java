package org.onecycle.io;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads a file: to {@code name.part}, which the next attempt or the next start goes on with,
 * then checked and moved into its place.
 */
public final class Download {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final int ATTEMPTS = 4;
  // A process holds a file's lock against other processes, not against its own threads.
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();
  private static final Download DEFAULT =
      new Download(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));

  private final HttpClient client;
  private final Duration stall;
  private final Duration pause;

  /** With the time to connect, the time without a byte, and the pause before a second attempt. */
  Download(Duration connect, Duration stall, Duration pause) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    this.stall = stall;
    this.pause = pause;
  }

  /**
   * The file at {@code target}, downloaded if it is not there.
   *
   * <p>Broken connections and a busy server are tried again; no network or a missing file is an
   * error at once.
   *
   * @throws DownloadException if it cannot be had or does not pass its checks; then {@code target}
   *     does not exist
   */
  public static Path fetch(RemoteFile file, Path target, DownloadProgress progress) {
    return DEFAULT.run(file, target, progress);
  }

  Path run(RemoteFile file, Path target, DownloadProgress progress) {
    if (isThere(file, target)) {
      return target;
    }
    Path absolute = target.toAbsolutePath().normalize();
    ReentrantLock lock = LOCKS.computeIfAbsent(absolute, p -> new ReentrantLock());
    lock.lock();
    try {
      Files.createDirectories(absolute.getParent());
      Path lockFile = absolute.resolveSibling(absolute.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        assert held.isValid();
        if (!isThere(file, target)) {
          attempts(file, absolute, progress);
        }
        return target;
      }
    } catch (IOException e) {
      throw new DownloadException(file.url(), reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException(file.url(), "interrupted", new IOException(e));
    } finally {
      lock.unlock();
    }
  }

  private static boolean isThere(RemoteFile file, Path target) {
    try {
      return Files.isRegularFile(target)
          && (file.bytes() < 0 || Files.size(target) == file.bytes());
    } catch (IOException e) {
      return false;
    }
  }

  private void attempts(RemoteFile file, Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    PartFile part = new PartFile(target);
    for (int attempt = 1; ; attempt++) {
      long resumedAt = part.size();
      try {
        new DownloadAttempt(client, stall, file, part, progress).run();
        part.finish(file);
        return;
      } catch (PartFile.WrongContentException e) {
        // What was there before this attempt may be of an older file.
        if (resumedAt == 0 || attempt == ATTEMPTS) {
          throw e;
        }
      } catch (DownloadAttempt.FinalException e) {
        throw e;
      } catch (IOException e) {
        if (isOffline(e) || attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("{}: {}, attempt {} of {}", file.url(), reason(e), attempt + 1, ATTEMPTS);
        Thread.sleep(pause.multipliedBy(attempt).toMillis());
      }
    }
  }

  private static boolean isOffline(IOException e) {
    return e instanceof java.net.ConnectException
        || e instanceof java.net.http.HttpConnectTimeoutException
        || e instanceof java.net.UnknownHostException;
  }

  private static String reason(IOException e) {
    if (e.getCause() instanceof java.nio.channels.UnresolvedAddressException
        || e instanceof java.net.UnknownHostException) {
      return "the host is unknown (no network?)";
    }
    if (isOffline(e)) {
      return "no connection (no network?)";
    }
    if (e instanceof HttpTimeoutException) {
      return "the server does not answer";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
