package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntarTest {
  @TempDir Path home;
  private String before;

  @BeforeEach
  void moveHome() {
    before = System.getProperty("onecycle.home");
    System.setProperty("onecycle.home", home.toString());
  }

  @AfterEach
  void moveBack() {
    if (before == null) {
      System.clearProperty("onecycle.home");
    } else {
      System.setProperty("onecycle.home", before);
    }
  }

  @Test
  void theHomeIsMovedByPropertyThenEnvironment() {
    assertEquals(home, OnecycleHome.path());
    assertEquals(Path.of("p"), OnecycleHome.path("p", "e"));
    assertEquals(Path.of("e"), OnecycleHome.path(null, "e"));
    assertEquals(
        Path.of(System.getProperty("user.home"), ".onecycle"), OnecycleHome.path("", null));
  }

  @Test
  void downloadsAndUnpacksOnce() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("set/images/a.txt"));
      zip.write('a');
    }
    RemoteFile archive;
    try (FileServer server = new FileServer(bytes.toByteArray())) {
      archive = new RemoteFile(server.url("set.zip"), "", bytes.size());
      Path data = Untar.data(archive, DownloadProgress.NONE);
      assertEquals(home.resolve("data/set"), data);
      assertEquals("a", Files.readString(data.resolve("images/a.txt")));
    }
    // The server is gone: the second time needs no network.
    assertEquals(home.resolve("data/set"), Untar.data(archive, DownloadProgress.NONE));
    RemoteFile other = RemoteFile.of(archive.url().resolve("other.tgz").toString());
    assertThrows(DownloadException.class, () -> Untar.data(other, DownloadProgress.NONE));
  }
}
