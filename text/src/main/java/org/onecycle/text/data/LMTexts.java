package org.onecycle.text.data;

import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.LoaderFactory;
import org.onecycle.data.LoaderSettings;
import org.onecycle.data.Sample;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * The loaders of {@link LMDataLoader}, for samples that are a text each.
 *
 * @param seqLen tokens of a row
 */
record LMTexts(int seqLen) implements LoaderFactory, Exportable {

  /** New texts are read whole, not cut into rows that follow each other. */
  @Override
  public Spec spec() {
    return Spec.of("text.whole");
  }

  @Override
  public DataLoader loader(Dataset samples, LoaderSettings settings) {
    boolean pointless =
        settings.dropLast().isPresent()
            || settings.partialN() > 0
            || settings.collate().isPresent()
            || !settings.itemTfms().transforms().isEmpty();
    if (pointless) {
      throw new IllegalArgumentException(
          "the batches of a language model are slices of all texts: they take no dropLast, partialN,"
              + " collate or item transforms");
    }
    List<int[]> docs =
        Parallel.map(samples.size(), settings.options().workers(), i -> text(samples, i, settings));
    boolean shuffle = settings.shuffles(samples.split());
    return new DataLoader(
        new LMSource(docs, settings.bs(), seqLen, samples.split(), shuffle), settings.options());
  }

  private static int[] text(Dataset samples, int i, LoaderSettings settings) {
    if (i == 0) {
      Sample first = samples.get(0, Rng.of(settings.options().seed(), 0));
      if (first.size() != 1) {
        throw new IllegalArgumentException(
            "a language model's texts are the only block: its targets are the words that follow;"
                + " got %d members".formatted(first.size()));
      }
    }
    return SortedTexts.ids(samples, i, 0, settings).ids();
  }
}
