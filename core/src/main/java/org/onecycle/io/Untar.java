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
    return data(archive, archive.name(), progress);
  }

  /**
   * The data set's folder under {@link OnecycleHome#data()}, for an archive whose address does not
   * name it.
   *
   * @param fileName what to call the archive, such as {@code cal_housing.tgz}
   * @throws DownloadException if it is not there and cannot be downloaded
   * @throws UncheckedIOException if it cannot be unpacked
   */
  public static Path data(RemoteFile archive, String fileName, DownloadProgress progress) {
    Path folder = folder(fileName);
    if (!Files.isDirectory(folder)) {
      Path file = Download.fetch(archive, OnecycleHome.archives().resolve(fileName), progress);
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

  /** The folder in which the data of an archive of this name are, once they have been unpacked. */
  public static Path folder(String fileName) {
    String name = fileName.replaceFirst("\\.(tgz|tar\\.gz|tar|zip)$", "");
    return OnecycleHome.data().resolve(name);
  }
}
