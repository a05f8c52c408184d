package org.onecycle.text.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.tensor.F;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.data.Specials;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.data.Tokenizer;
import org.onecycle.text.models.AwdLstm;
import org.onecycle.text.models.LanguageModel;

/**
 * Trains a language model and writes with it.
 *
 * <pre>{@code
 * LanguageModelLearner lm =
 *     LanguageModelLearner.create(
 *         dls, vocab, TextOptions.LANGUAGE_MODEL.withDropMult(.3), b -> b.metrics(accuracy()));
 * lm.learner().fitOneCycle(3, 1e-2);
 * lm.saveEncoder(Path.of("encoder.safetensors"));
 * }</pre>
 */
public final class LanguageModelLearner extends TextLearner {
  private static final Predicate<String> SHOWN =
      t -> !t.equals(Specials.BOS) && !t.equals(Specials.PAD);

  private final LanguageModel model;
  private final Tokenizer tokenizer;

  private LanguageModelLearner(
      Learner learner, LanguageModel model, List<String> vocab, Tokenizer tokenizer) {
    super(learner, vocab);
    this.model = model;
    this.tokenizer = tokenizer;
  }

  /**
   * Makes a learner for texts.
   *
   * @param more sets further options of the learner, such as metrics
   */
  public static LanguageModelLearner create(
      TextDataLoaders dls, TextOptions options, UnaryOperator<LearnerBuilder<LanguageModel>> more) {
    return create(dls.loaders(), dls.vocab().tokens(), dls.tokenizer(), options, more);
  }

  /** Makes a learner with metrics and others left at their defaults. */
  public static LanguageModelLearner create(
      DataLoaders dls, List<String> vocab, TextOptions options) {
    return create(dls, vocab, options, UnaryOperator.identity());
  }

  /**
   * Makes a learner: momentums .8, .7, .8, the model's state reset where it must be, both
   * regularisations.
   *
   * @param dls batches of words {@code [N, T]} and the words that follow {@code [N, T]}
   * @param vocab the words by number
   * @param more sets further options of the learner; callbacks are added with {@link
   *     Learner#addCbs}
   */
  public static LanguageModelLearner create(
      DataLoaders dls,
      List<String> vocab,
      TextOptions options,
      UnaryOperator<LearnerBuilder<LanguageModel>> more) {
    return create(dls, vocab, null, options, more);
  }

  private static LanguageModelLearner create(
      DataLoaders dls,
      List<String> vocab,
      Tokenizer tokenizer,
      TextOptions options,
      UnaryOperator<LearnerBuilder<LanguageModel>> more) {
    LanguageModel model = LanguageModel.of(vocab.size(), options.model(), new Rng(options.seed()));
    LearnerBuilder<LanguageModel> builder =
        Learner.of(dls, model)
            .lossFunc(new CrossEntropyLossFlat())
            .splitter(TextSplitters.languageModel())
            .moms(.8, .7, .8);
    Learner learner = more.apply(builder).build();
    learner.addCbs(new ModelResetter(), new RnnRegularizer(options.alpha(), options.beta()));
    return new LanguageModelLearner(learner, model, vocab, tokenizer);
  }

  /** Returns the model. */
  public LanguageModel model() {
    return model;
  }

  @Override
  public AwdLstm encoder() {
    return model.encoder();
  }

  /**
   * Takes over a language model of other words, such as {@link PretrainedLm#wt103}, and freezes all
   * groups but the last. Words are matched; one that was not there gets the mean vector and bias.
   *
   * @throws IllegalArgumentException if names or shapes do not fit; nothing has changed then
   */
  public void loadPretrained(PretrainedLm from) {
    try (Scope s = Scope.open()) {
      model.loadStateDict(
          EncoderWeights.matchEmbeds(EncoderWeights.read(from.weights()), from.vocab(), vocab()));
    }
    learner().freeze();
  }

  /**
   * Goes on with a text.
   *
   * @param text the beginning
   * @param nWords how many more words
   * @param rng decides what is drawn
   * @return the beginning and the new words with spaces between them, capitals and repetitions
   *     restored
   * @throws IllegalStateException if the learner was made without a tokenizer
   */
  public String predict(String text, int nWords, Generation how, Rng rng) {
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
  public List<String> generate(List<String> words, int nWords, Generation how, Rng rng) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("generate expects at least one word to begin with");
    }
    int unknown = vocab().indexOf(Specials.UNK);
    long[] next = words.stream().mapToLong(w -> number(w, unknown)).toArray();
    List<String> out = new ArrayList<>(words);
    boolean training = model.isTraining();
    model.eval();
    model.reset();
    try (NoGrad off = NoGrad.on()) {
      for (int i = 0; i < nWords; i++) {
        int drawn = draw(how.weights(probabilities(next), unknown), rng);
        out.add(vocab().get(drawn));
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
    int at = vocab().indexOf(word);
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
