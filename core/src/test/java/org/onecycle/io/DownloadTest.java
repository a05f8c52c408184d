package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.io.FileServer.Trick;

class DownloadTest {
  @TempDir Path dir;
  private final byte[] content = new byte[200_000];
  private final Download download =
      new Download(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ZERO);
  private FileServer server;
  private Path target;

  @BeforeEach
  void start() throws Exception {
    new Random(3).nextBytes(content);
    server = new FileServer(content);
    target = dir.resolve("cache/weights/w.pth");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteFile file(String hash) {
    return new RemoteFile(server.url("w.pth"), hash, -1);
  }

  private String hash() throws Exception {
    Path copy = Files.write(dir.resolve("copy"), content);
    return PartFile.sha256(copy);
  }

  private void assertWhole() throws Exception {
    assertArrayEquals(content, Files.readAllBytes(target));
    assertNothingElse("w.pth", "w.pth.lock");
  }

  private void assertNothingElse(String... names) throws Exception {
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertEquals(List.of(names), files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /**
   * Where a request wants to go on. A connection that is cut may lose the end of what was sent, so
   * it is only known to be at most that.
   */
  private long begin(int request) {
    String range = server.ranges.get(request);
    assertTrue(range.matches("bytes=\\d+-"), range);
    return Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
  }

  private DownloadException failure(RemoteFile file) {
    DownloadException e =
        assertThrows(
            DownloadException.class, () -> download.run(file, target, DownloadProgress.NONE));
    assertEquals("cannot download " + file.url() + ": " + e.reason(), e.getMessage());
    assertEquals(file.url(), e.url());
    assertTrue(Files.notExists(target));
    return e;
  }

  @Test
  void downloadsOnceAndTellsItsProgress() throws Exception {
    List<Long> done = new ArrayList<>();
    DownloadProgress progress =
        (name, bytes, total) -> {
          assertEquals("w.pth", name);
          assertEquals(content.length, total);
          done.add(bytes);
        };
    assertEquals(target, download.run(file(hash()), target, progress));
    assertWhole();
    assertEquals(0, done.get(0));
    assertEquals(content.length, done.get(done.size() - 1));
    assertEquals(done.stream().sorted().toList(), done);
    download.run(file(hash()), target, progress);
    assertEquals(List.of("null"), server.ranges);
  }

  @Test
  void goesOnAfterACutConnection() throws Exception {
    server.next(Trick.CUT, Trick.CUT);
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(3, server.ranges.size());
    assertEquals("null", server.ranges.get(0));
    assertTrue(begin(1) > 0 && begin(1) <= content.length / 2, () -> "" + server.ranges);
    assertTrue(begin(2) > begin(1) && begin(2) < content.length, () -> "" + server.ranges);
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    server.next(Trick.CUT, Trick.MISSING);
    assertEquals("the server answers HTTP 404", failure(file("")).reason());
    assertNothingElse("w.pth.lock", "w.pth.part", "w.pth.part.version");
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    assertTrue(begin(2) > 0 && begin(2) <= content.length / 2, () -> "" + server.ranges);
  }

  @Test
  void beginsAgainWhenTheFileHasChanged() throws Exception {
    server.next(Trick.CUT, Trick.MISSING);
    failure(file(""));
    content[5]++;
    server.etag = "\"2\"";
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
  }

  @Test
  void beginsAgainWithoutAVersionOrAHash() throws Exception {
    server.etag = null;
    server.next(Trick.CUT);
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(List.of("null", "null"), server.ranges);
  }

  @Test
  void aServerWithoutRangesSendsAllAgain() throws Exception {
    server.supportsRanges = false;
    server.next(Trick.CUT);
    download.run(file(hash()), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(2, server.ranges.size());
    assertTrue(begin(1) > 0 && begin(1) <= content.length / 2, () -> "" + server.ranges);
  }

  @Test
  void aWrongPartIsNotAppended() throws Exception {
    server.next(Trick.CUT, Trick.WRONG_RANGE);
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(3, server.ranges.size());
    assertTrue(begin(1) > 0 && begin(1) <= content.length / 2, () -> "" + server.ranges);
    assertEquals("null", server.ranges.get(2));
  }

  @Test
  void wrongContentIsRemovedAndBothHashesNamed() throws Exception {
    String wrong = "0123456789abcdef";
    String reason = failure(file(wrong)).reason();
    assertEquals("expected SHA-256 " + wrong + ", got " + hash() + "; removed", reason);
    assertNothingElse("w.pth.lock");
    RemoteFile longer = new RemoteFile(server.url("w.pth"), "", 200_001);
    assertEquals("expected 200001 bytes, got 200000; removed", failure(longer).reason());
    assertNothingElse("w.pth.lock");
  }

  @Test
  void theHashMayStandInTheName() throws Exception {
    RemoteFile file =
        RemoteFile.hashInName(server.url("net-" + hash().substring(0, 8) + ".pth") + "");
    assertEquals(dir.resolve(file.name()), file.fetch(dir, DownloadProgress.NONE));
    assertArrayEquals(content, Files.readAllBytes(dir.resolve(file.name())));
    assertThrows(IllegalArgumentException.class, () -> RemoteFile.hashInName("http://x/net.pth"));
  }

  @Test
  void aSplicedFileIsNoticedAndDownloadedWhole() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(dir.resolve("cache/weights/w.pth.part"), new byte[1000]);
    download.run(file(hash()), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(List.of("bytes=1000-", "null"), server.ranges);
  }

  @Test
  void aPartThatIsWholeAlreadyIsTaken() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(dir.resolve("cache/weights/w.pth.part"), content);
    download.run(file(hash()), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(List.of("bytes=200000-"), server.ranges);
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.next(Trick.BUSY, Trick.BUSY);
    download.run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    Files.delete(target);
    server.next(Trick.BUSY, Trick.BUSY, Trick.BUSY, Trick.BUSY);
    assertEquals("the server answers HTTP 503", failure(file("")).reason());
    assertEquals(7, server.ranges.size());
  }

  @Test
  void aSilentServerIsLeft() throws Exception {
    server.next(Trick.STALL);
    new Download(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ZERO)
        .run(file(""), target, DownloadProgress.NONE);
    assertWhole();
    assertEquals(2, server.ranges.size());
  }

  @Test
  void aMissingFileIsNotAskedForAgain() {
    server.next(Trick.MISSING);
    assertEquals("the server answers HTTP 404", failure(file("")).reason());
    assertEquals(1, server.ranges.size());
  }

  @Test
  void noNetworkIsOneClearLine() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    RemoteFile file = RemoteFile.of("http://127.0.0.1:" + port + "/w.pth");
    assertEquals("no connection (no network?)", failure(file).reason());
    RemoteFile unknown = new RemoteFile(URI.create("http://no-such-host.invalid/w.pth"), "", -1);
    assertTrue(failure(unknown).reason().contains("no network?"), failure(unknown).reason());
  }

  @Test
  void threadsThatWantTheSameFileDownloadItOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<Path> task = () -> download.run(file(""), target, DownloadProgress.NONE);
      for (var done : pool.invokeAll(List.of(task, task, task, task))) {
        assertEquals(target, done.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertWhole();
    assertEquals(1, server.ranges.size());
  }
}
