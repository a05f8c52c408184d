package org.onecycle.text.data;

import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.ItemException;
import org.onecycle.data.LoaderFactory;
import org.onecycle.data.LoaderSettings;
import org.onecycle.data.Sample;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * The loaders of {@link SortedDataLoader}, for samples that have a text among their members.
 *
 * @param seqLen the length of a chunk of the model's
 */
record SortedTexts(int seqLen) implements LoaderFactory, Exportable {

  @Override
  public Spec spec() {
    return new Spec("text.sorted", Spec.object().put("seq_len", seqLen));
  }

  @Override
  public DataLoader loader(Dataset samples, LoaderSettings settings) {
    int n = samples.size();
    int text = n == 0 ? 0 : textMember(samples, settings);
    List<Integer> lengths =
        Parallel.map(
            n, settings.options().workers(), i -> ids(samples, i, text, settings).length());
    return SortedDataLoader.of(
        samples, lengths.stream().mapToInt(Integer::intValue).toArray(), seqLen, settings);
  }

  private static int textMember(Dataset samples, LoaderSettings settings) {
    Sample first;
    try {
      first = samples.get(0, Rng.of(settings.options().seed(), 0));
    } catch (RuntimeException e) {
      throw ItemException.of(samples, 0, e);
    }
    for (int m = 0; m < first.size(); m++) {
      if (first.get(m) instanceof TextIds) {
        return m;
      }
    }
    throw new IllegalArgumentException(
        "loaders of texts expect a text in each sample, got "
            + first.members().stream().map(m -> m.getClass().getSimpleName()).toList());
  }

  /** The text of a sample, read without the other members. */
  static TextIds ids(Dataset samples, int i, int member, LoaderSettings settings) {
    try {
      return (TextIds) samples.member(i, member, Rng.of(settings.options().seed(), i));
    } catch (RuntimeException e) {
      throw ItemException.of(samples, i, e);
    }
  }
}
