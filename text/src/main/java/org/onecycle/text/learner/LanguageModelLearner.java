package org.onecycle.text.learner;

import java.util.List;
import java.util.function.UnaryOperator;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.tensor.Rng;
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
  private final LanguageModel model;
  private final TextGenerator generator;

  private LanguageModelLearner(
      Learner learner, LanguageModel model, List<String> vocab, Tokenizer tokenizer) {
    super(learner, vocab);
    this.model = model;
    this.generator = new TextGenerator(model, vocab, tokenizer);
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

  /**
   * Makes a learner for the loaders of a {@link org.onecycle.data.DataBlock} of a {@link
   * org.onecycle.text.data.TextBlock}.
   *
   * @param tokenizer that of the block, which splits texts to go on with
   * @param more sets further options of the learner, such as metrics
   * @throws IllegalArgumentException if the samples are no texts
   */
  public static LanguageModelLearner create(
      DataLoaders dls,
      Tokenizer tokenizer,
      TextOptions options,
      UnaryOperator<LearnerBuilder<LanguageModel>> more) {
    return create(dls, words(dls), tokenizer, options, more);
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

  /** As {@link TextGenerator#predict}. */
  public String predict(String text, int nWords, Generation how, Rng rng) {
    return generator.predict(text, nWords, how, rng);
  }

  /** As {@link TextGenerator#generate}. */
  public List<String> generate(List<String> words, int nWords, Generation how, Rng rng) {
    return generator.generate(words, nWords, how, rng);
  }
}
