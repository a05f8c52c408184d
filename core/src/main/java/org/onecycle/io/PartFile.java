package org.onecycle.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file on its way: {@code name.part}, and beside it which version of the file it is part of. */
final class PartFile {
  /** All is there, and it is not the right thing. */
  static final class WrongContentException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongContentException(String message) {
      super(message);
    }
  }

  private final Path target;
  private final Path part;
  private final Path version;

  PartFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.version = target.resolveSibling(target.getFileName() + ".part.version");
  }

  Path path() {
    return part;
  }

  long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** The server's ETag or date of what is there, empty if it gave none. */
  String version() throws IOException {
    return Files.exists(version) ? Files.readString(version) : "";
  }

  void begin(String newVersion) throws IOException {
    delete();
    Files.writeString(version, newVersion);
  }

  void delete() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(version);
  }

  /** Checks what has come and moves it into its place; what is wrong is deleted. */
  void finish(RemoteFile expected) throws IOException {
    String problem = problem(expected);
    if (problem != null) {
      delete();
      throw new WrongContentException(problem);
    }
    AtomicFile.move(part, target);
    delete();
  }

  private String problem(RemoteFile expected) throws IOException {
    if (expected.bytes() >= 0 && size() != expected.bytes()) {
      return "expected %d bytes, got %d; removed".formatted(expected.bytes(), size());
    }
    String actual = expected.sha256().isEmpty() ? "" : sha256(part);
    return actual.startsWith(expected.sha256())
        ? null
        : "expected SHA-256 %s, got %s; removed".formatted(expected.sha256(), actual);
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
