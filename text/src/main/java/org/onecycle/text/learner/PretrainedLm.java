package org.onecycle.text.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.onecycle.io.Archives;
import org.onecycle.io.DownloadProgress;
import org.onecycle.io.OnecycleHome;
import org.onecycle.io.PickledWords;
import org.onecycle.io.RemoteFile;

/**
 * A trained language model's weights and the words they are of.
 *
 * @param weights a PyTorch checkpoint or safetensors
 * @param vocab the words by number
 */
public record PretrainedLm(Path weights, List<String> vocab) {
  private static final String ROOT = "https://s3.amazonaws.com/fast-ai-modelzoo/";

  /** Copies the words. */
  public PretrainedLm {
    vocab = List.copyOf(vocab);
  }

  /**
   * fastai's AWD-LSTM of 400, 1152 and three layers trained on WikiText-103, downloaded unless it
   * is in the cache.
   *
   * @throws org.onecycle.io.DownloadException if it cannot be had
   */
  public static PretrainedLm wt103(DownloadProgress progress) {
    Path folder = OnecycleHome.weights().resolve("wt103-fwd");
    if (!Files.isDirectory(folder)) {
      RemoteFile archive = RemoteFile.of(ROOT + "wt103-fwd.tgz");
      Archives.extract(archive.fetch(OnecycleHome.archives(), progress), folder);
    }
    return in(folder);
  }

  /**
   * Weights and words in a folder, as fastai packs them: one {@code .pth} or {@code .safetensors}
   * and one {@code .pkl}, a pickled list of strings.
   *
   * @throws IllegalArgumentException if there is not one of each
   */
  public static PretrainedLm in(Path folder) {
    return new PretrainedLm(
        only(folder, ".pth", ".safetensors"), PickledWords.read(only(folder, ".pkl")));
  }

  private static Path only(Path folder, String... ends) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(f -> Stream.of(ends).anyMatch(f.getFileName().toString()::endsWith))
              .toList();
      if (found.size() != 1) {
        throw new IllegalArgumentException(
            "Expected one file " + String.join(" or ", ends) + " in " + folder + ", got " + found);
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
