package org.onecycle.io;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file at a public address, with what it is checked by.
 *
 * @param url the address
 * @param sha256 the hash in hexadecimal digits, or the first eight or more of them; empty for none
 * @param bytes the size, -1 for unknown
 */
public record RemoteFile(URI url, String sha256, long bytes) {
  private static final Pattern HASH_IN_NAME = Pattern.compile("-([0-9a-f]{8,64})\\.[a-z]+$");

  /** Checks the hash's form. */
  public RemoteFile {
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!sha256.matches("([0-9a-f]{8,64})?")) {
      throw new IllegalArgumentException("expected 8 to 64 hexadecimal digits, got " + sha256);
    }
  }

  /** A file checked by nothing but what the server says about its length. */
  public static RemoteFile of(String url) {
    return new RemoteFile(URI.create(url), "", -1);
  }

  /**
   * A file whose name holds the start of its hash, as torchvision's weights do: {@code
   * resnet34-b627a593.pth}.
   *
   * @throws IllegalArgumentException if the name holds none
   */
  public static RemoteFile hashInName(String url) {
    Matcher hash = HASH_IN_NAME.matcher(url);
    if (!hash.find()) {
      throw new IllegalArgumentException("no hash in the name of " + url);
    }
    return new RemoteFile(URI.create(url), hash.group(1), -1);
  }

  /** The last part of the address. */
  public String name() {
    String path = url.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The file in the folder, downloaded if it is not there.
   *
   * @throws DownloadException if it cannot be had or does not pass its checks
   */
  public Path fetch(Path folder, DownloadProgress progress) {
    return Download.fetch(this, folder.resolve(name()), progress);
  }
}
