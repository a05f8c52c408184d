package org.onecycle.io;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Public data sets, downloaded and unpacked once (fastai's {@code untar_data}).
 *
 * <pre>{@code
 * Path images = Untar.data(Urls.PETS, DownloadProgress.NONE).resolve("images");
 * }</pre>
 */
public final class Untar {
  private Untar() {}

  /**
   * The data set's folder under {@link OnecycleHome#data()}, named as the archive.
   *
   * @throws DownloadException if it is not there and cannot be downloaded
   * @throws UncheckedIOException if it cannot be unpacked
   */
  public static Path data(RemoteFile archive, DownloadProgress progress) {
    String name = archive.name().replaceFirst("\\.(tgz|tar\\.gz|tar|zip)$", "");
    Path folder = OnecycleHome.data().resolve(name);
    if (!Files.isDirectory(folder)) {
      Path file = archive.fetch(OnecycleHome.archives(), progress);
      try {
        Archives.extract(file, folder);
      } catch (UncheckedIOException | IllegalArgumentException e) {
        // Another process may have unpacked it meanwhile.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    return folder;
  }
}
