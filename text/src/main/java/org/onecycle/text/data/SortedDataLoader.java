package org.onecycle.text.data;

import java.util.List;
import org.onecycle.data.Category;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.LoaderOptions;
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
  private static final int[] NOTHING = {Specials.UNK_ID};

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
            docs.stream().map(d -> new TextIds(d.length == 0 ? NOTHING : d)).toList(),
            labels == null ? null : labels.clone(),
            split);
    boolean train = split == Split.TRAIN;
    int[] lengths = texts.docs().stream().mapToInt(TextIds::length).toArray();
    if (train && docs.size() < bs) {
      throw new IllegalArgumentException(
          docs.size() + " training texts do not fill a batch of bs " + bs + ": use a smaller bs");
    }
    return DataLoader.builder(texts)
        .sampler(new SortedSampler(lengths, bs, train, train))
        .collate(new PadInputChunk(Specials.PAD_ID, true, seqLen))
        .seed(options.seed())
        .workers(options.workers())
        .prefetch(options.prefetch())
        .batchTfms(options.batchTfms())
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
