package org.onecycle.text.data;

import java.util.List;
import org.onecycle.data.Category;
import org.onecycle.data.Collate;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.LoaderSettings;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

/**
 * Loaders of classifiers: texts of like length come in one batch, the longest first, INT64 {@code
 * [N, L]}, filled up by {@link PadInputChunk}.
 *
 * <p>Validation goes from the longest text to the shortest. Training draws: the first batch holds
 * the longest text, so that too little memory shows at once.
 */
public final class SortedDataLoader {
  private SortedDataLoader() {}

  /**
   * A loader over texts and their classes; an incomplete last batch is left out in training.
   *
   * @param docs tokens by number; a text without any is read as one {@code xxunk}
   * @param labels a class for each text; null when they are not known
   * @param seqLen the length of a chunk of the model's
   */
  public static DataLoader of(
      List<int[]> docs, int[] labels, int bs, int seqLen, Split split, LoaderOptions options) {
    if (labels != null && labels.length != docs.size()) {
      throw new IllegalArgumentException(
          "SortedDataLoader expects a class a text, got %d for %d"
              .formatted(labels.length, docs.size()));
    }
    Texts texts =
        new Texts(
            docs.stream().map(d -> Something.of(new TextIds(d))).toList(),
            labels == null ? null : labels.clone(),
            split);
    int[] lengths = texts.docs().stream().mapToInt(TextIds::length).toArray();
    return of(texts, lengths, seqLen, LoaderSettings.of(bs, options));
  }

  /**
   * A loader over samples that have a text among their members.
   *
   * @param lengths of the texts
   */
  static DataLoader of(Dataset samples, int[] lengths, int seqLen, LoaderSettings settings) {
    boolean drop = settings.drops(samples.split());
    if (settings.partialN() > 0) {
      throw new IllegalArgumentException("batches of texts of like length take no partialN");
    }
    if (samples.split() == Split.TRAIN && drop && lengths.length < settings.bs()) {
      throw new IllegalArgumentException(
          "%d training texts do not fill a batch of bs %d: use a smaller bs"
              .formatted(lengths.length, settings.bs()));
    }
    Collate pad = new PadInputChunk(Specials.PAD_ID, true, seqLen);
    boolean shuffle = settings.shuffles(samples.split());
    return DataLoader.builder(samples)
        .sampler(new SortedSampler(lengths, settings.bs(), shuffle, drop))
        .itemTfms(settings.itemTfms())
        .collate(settings.collate().orElse(pad))
        .options(settings.options())
        .build();
  }

  private record Texts(List<TextIds> docs, int[] labels, Split split) implements Dataset {

    @Override
    public int size() {
      return docs.size();
    }

    @Override
    public Sample get(int i, Rng rng) {
      return labels == null
          ? Sample.of(docs.get(i))
          : Sample.of(docs.get(i), new Category(labels[i]));
    }

    @Override
    public String describe(int i) {
      return "text of " + docs.get(i).length() + " tokens";
    }
  }
}
