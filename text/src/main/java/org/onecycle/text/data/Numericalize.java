package org.onecycle.text.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.onecycle.data.HasVocab;
import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns tokens into their numbers in a vocabulary, which is that of the training texts. */
public final class Numericalize implements Transform<Tokens, TextIds>, HasVocab, Exportable {
  private final int minFreq;
  private final int maxVocab;
  private final boolean known;
  private volatile Vocab vocab;

  /** The vocabulary of the training texts, as {@link Vocab#of(Iterable, int, int)} makes it. */
  public Numericalize(int minFreq, int maxVocab) {
    this.minFreq = minFreq;
    this.maxVocab = maxVocab;
    this.known = false;
  }

  /** A vocabulary known beforehand; the training texts do not change it. */
  public Numericalize(Vocab vocab) {
    this.minFreq = 0;
    this.maxVocab = 0;
    this.known = true;
    this.vocab = vocab;
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    settings.set("vocab", Json.texts(vocab()));
    return new Spec("text.numericalize", settings);
  }

  @Override
  public Class<Tokens> accepts() {
    return Tokens.class;
  }

  @Override
  public Class<TextIds> produces() {
    return TextIds.class;
  }

  @Override
  public void setup(Iterable<Tokens> training) {
    if (!known) {
      Iterable<List<String>> texts =
          () -> StreamSupport.stream(training.spliterator(), false).map(Tokens::tokens).iterator();
      vocab = Vocab.of(texts, minFreq, maxVocab);
    }
  }

  @Override
  public TextIds encode(Tokens text, Split split, Rng rng) {
    return new TextIds(words().encode(text.tokens()));
  }

  @Override
  public Tokens decode(TextIds ids) {
    return new Tokens(words().decode(ids.ids()));
  }

  @Override
  public Numericalize fresh() {
    return known ? this : new Numericalize(minFreq, maxVocab);
  }

  @Override
  public List<String> vocab() {
    return words().tokens();
  }

  private Vocab words() {
    if (vocab == null) {
      throw new IllegalStateException("Numericalize has no vocabulary yet: it was not set up");
    }
    return vocab;
  }
}
