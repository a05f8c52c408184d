package org.onecycle.text.learner;

import java.nio.file.Path;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.text.data.Specials;
import org.onecycle.text.models.AwdLstm;

/** A learner whose model is built on an AWD-LSTM. */
public abstract sealed class TextLearner permits LanguageModelLearner, TextClassifierLearner {
  private final Learner learner;
  private final List<String> vocab;

  TextLearner(Learner learner, List<String> vocab) {
    this.learner = learner;
    this.vocab = List.copyOf(vocab);
  }

  /** The words of the text among the members of some loaders' samples. */
  static List<String> words(DataLoaders dls) {
    return dls.vocabs().stream()
        .filter(v -> !v.isEmpty() && v.get(0).equals(Specials.UNK))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected loaders of a DataBlock with a TextBlock; others do not tell their"
                        + " words: give create the vocabulary"));
  }

  /** Returns the learner: what trains, freezes, validates, predicts. */
  public final Learner learner() {
    return learner;
  }

  /** Returns the words by number. */
  public final List<String> vocab() {
    return vocab;
  }

  /** Returns the recurrent model. */
  public abstract AwdLstm encoder();

  /**
   * Writes the recurrent model's weights, without decoder or head, as safetensors under fastai's
   * names.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public final void saveEncoder(Path file) {
    EncoderWeights.write(file, encoder());
  }

  /**
   * Reads what {@link #saveEncoder}, or fastai's {@code save_encoder}, has written, and freezes all
   * groups but the last.
   *
   * @throws IllegalArgumentException if names or shapes are others; nothing has changed then
   */
  public final void loadEncoder(Path file) {
    try (Scope s = Scope.open()) {
      encoder().loadStateDict(EncoderWeights.read(file));
    }
    learner.freeze();
  }

  @Override
  public final String toString() {
    return learner.toString();
  }
}
