package org.onecycle.text.learner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.onecycle.array.Scope;
import org.onecycle.data.PipelineReader;
import org.onecycle.data.Transform;
import org.onecycle.learner.Predictor;
import org.onecycle.tensor.F;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.data.Numericalize;
import org.onecycle.text.data.Specials;
import org.onecycle.text.data.Tokenize;
import org.onecycle.text.data.Tokenizer;
import org.onecycle.text.models.LanguageModel;

/**
 * Writes with a trained language model.
 *
 * <pre>{@code
 * lm.learner().export(Path.of("reviews.safetensors"));
 * TextGenerator writer = TextGenerator.load(Path.of("reviews.safetensors"));
 * String text = writer.predict("I liked", 40, Generation.DEFAULT.withTemperature(.75), new Rng(1));
 * }</pre>
 *
 * <p>It may be asked from several threads, which take turns.
 */
public final class TextGenerator {
  private static final Predicate<String> SHOWN =
      t -> !t.equals(Specials.BOS) && !t.equals(Specials.PAD);

  private final LanguageModel model;
  private final List<String> vocab;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Tokenizer tokenizer;

  /** The tokenizer may be null where texts come as tokens. */
  TextGenerator(LanguageModel model, List<String> vocab, Tokenizer tokenizer) {
    this.model = model;
    this.vocab = List.copyOf(vocab);
    this.tokenizer = tokenizer;
    for (int i = 0; i < vocab.size(); i++) {
      numbers.putIfAbsent(vocab.get(i), i);
    }
  }

  /**
   * Loads what the learner of a language model has exported.
   *
   * @throws IllegalArgumentException as {@link Predictor#load}, or if the export is of another
   *     model
   */
  public static TextGenerator load(Path file) {
    Predictor predictor = Predictor.load(file);
    if (predictor.model() instanceof LanguageModel model
        && predictor.reader() instanceof PipelineReader reader
        && reader.inputs().size() == 1) {
      Tokenizer tokenizer = null;
      List<String> vocab = null;
      for (Transform<?, ?> step : reader.inputs().get(0).transforms()) {
        if (step instanceof Tokenize t) {
          tokenizer = t.tokenizer();
        } else if (step instanceof Numericalize n) {
          vocab = n.vocab();
        }
      }
      if (tokenizer != null && vocab != null) {
        return new TextGenerator(model, vocab, tokenizer);
      }
    }
    throw new IllegalArgumentException(
        file + ": expected the export of a language model, got a " + predictor.model().kind());
  }

  /** Returns the model. */
  public LanguageModel model() {
    return model;
  }

  /** Returns the words by number. */
  public List<String> vocab() {
    return vocab;
  }

  /**
   * Goes on with a text.
   *
   * @param text the beginning
   * @param nWords how many more words
   * @param rng decides what is drawn
   * @return the beginning and the new words with spaces between them, capitals and repetitions
   *     restored
   * @throws IllegalStateException if it was made without a tokenizer
   */
  public synchronized String predict(String text, int nWords, Generation how, Rng rng) {
    if (tokenizer == null) {
      throw new IllegalStateException(
          "predict expects a learner made of TextDataLoaders; generate takes tokens");
    }
    List<String> tokens = generate(tokenizer.tokens(text), nWords, how, rng);
    return String.join(" ", Specials.decode(tokens).stream().filter(SHOWN).toList());
  }

  /**
   * Goes on with a text.
   *
   * @param words the beginning, as tokens; those outside the vocabulary count as unknown
   * @param nWords how many more
   * @param rng decides what is drawn
   * @return the beginning and the new words
   * @throws IllegalArgumentException if there is no beginning
   */
  public synchronized List<String> generate(
      List<String> words, int nWords, Generation how, Rng rng) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("generate expects at least one word to begin with");
    }
    int unknown = numbers.getOrDefault(Specials.UNK, -1);
    long[] next = words.stream().mapToLong(w -> number(w, unknown)).toArray();
    List<String> out = new ArrayList<>(words);
    boolean training = model.isTraining();
    model.eval();
    model.reset();
    try (NoGrad off = NoGrad.on()) {
      for (int i = 0; i < nWords; i++) {
        int drawn = draw(how.weights(probabilities(next), unknown), rng);
        out.add(vocab.get(drawn));
        // The state knows what was before.
        next = new long[] {drawn};
      }
    } finally {
      model.reset();
      model.train(training);
    }
    return out;
  }

  private double[] probabilities(long[] words) {
    try (Scope s = Scope.open()) {
      Tensor logits = model.call(Tensor.of(words, 1, words.length));
      return F.softmax(logits.select(1, words.length - 1).squeeze(0), 0).toDoubles();
    }
  }

  private long number(String word, int unknown) {
    int at = numbers.getOrDefault(word, -1);
    if (at < 0 && unknown < 0) {
      throw new IllegalArgumentException("The word " + word + " is not in the vocabulary");
    }
    return at < 0 ? unknown : at;
  }

  private static int draw(double[] weights, Rng rng) {
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double left = rng.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
