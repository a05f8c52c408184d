package org.onecycle.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** A file cannot be downloaded; the message names the address and the reason in one line. */
public final class DownloadException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final URI url;
  private final String reason;

  DownloadException(URI url, String reason, IOException cause) {
    super("cannot download " + url + ": " + reason, cause);
    this.url = url;
    this.reason = reason;
  }

  /** The address. */
  public URI url() {
    return url;
  }

  /** What went wrong, without the address. */
  public String reason() {
    return reason;
  }
}
