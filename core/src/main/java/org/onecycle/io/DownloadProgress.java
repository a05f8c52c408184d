package org.onecycle.io;

/** Hears how far a download is. */
@FunctionalInterface
public interface DownloadProgress {
  /** Hears nothing. */
  DownloadProgress NONE = (name, done, total) -> {};

  /**
   * More bytes have come.
   *
   * @param name the file's name
   * @param done bytes that are there, those of an earlier attempt included
   * @param total bytes of the whole file, -1 where the server does not say
   */
  void update(String name, long done, long total);
}
