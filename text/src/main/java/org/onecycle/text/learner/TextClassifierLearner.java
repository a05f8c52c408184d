package org.onecycle.text.learner;

import java.util.List;
import java.util.function.UnaryOperator;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.models.AwdLstm;
import org.onecycle.text.models.TextClassifier;

/**
 * Trains a classifier of texts.
 *
 * <pre>{@code
 * TextClassifierLearner clas =
 *     TextClassifierLearner.create(
 *         dls, vocab, 2, TextOptions.CLASSIFIER, b -> b.metrics(accuracy()));
 * clas.loadEncoder(Path.of("encoder.safetensors"));
 * clas.learner().fitOneCycle(1, 2e-2);
 * clas.learner().freezeTo(-2);
 * clas.learner().fitOneCycle(1, slice(1e-2 / Math.pow(2.6, 4), 1e-2));
 * }</pre>
 */
public final class TextClassifierLearner extends TextLearner {
  private final TextClassifier model;

  private TextClassifierLearner(Learner learner, TextClassifier model, List<String> vocab) {
    super(learner, vocab);
    this.model = model;
  }

  /**
   * Makes a learner for labelled texts, of as many classes as there are labels.
   *
   * @param more sets further options of the learner, such as metrics
   */
  public static TextClassifierLearner create(
      TextDataLoaders dls,
      TextOptions options,
      UnaryOperator<LearnerBuilder<TextClassifier>> more) {
    return create(dls.loaders(), dls.vocab().tokens(), dls.labels().size(), options, more);
  }

  /**
   * Makes a learner for the loaders of a {@link org.onecycle.data.DataBlock} with a {@link
   * org.onecycle.text.data.TextBlock}, of as many classes as the target has labels.
   *
   * @param more sets further options of the learner, such as metrics
   * @throws IllegalArgumentException if no member of the samples is a text
   */
  public static TextClassifierLearner create(
      DataLoaders dls, TextOptions options, UnaryOperator<LearnerBuilder<TextClassifier>> more) {
    return create(dls, words(dls), dls.vocab().size(), options, more);
  }

  /** Makes a learner with metrics and others left at their defaults. */
  public static TextClassifierLearner create(
      DataLoaders dls, List<String> vocab, int classes, TextOptions options) {
    return create(dls, vocab, classes, options, UnaryOperator.identity());
  }

  /**
   * Makes a learner: momentums .8, .7, .8, the model's state reset where it must be, both
   * regularisations.
   *
   * @param dls batches of texts {@code [N, L]}, padded as {@link
   *     org.onecycle.text.models.SentenceEncoder} expects them, and classes {@code [N]}
   * @param vocab the words by number
   * @param more sets further options of the learner; callbacks are added with {@link
   *     Learner#addCbs}
   */
  public static TextClassifierLearner create(
      DataLoaders dls,
      List<String> vocab,
      int classes,
      TextOptions options,
      UnaryOperator<LearnerBuilder<TextClassifier>> more) {
    TextClassifier model =
        Init.with(
            new Rng(options.seed()),
            () ->
                new TextClassifier(
                    vocab.size(), classes, options.model(), options.bptt(), options.maxLen()));
    LearnerBuilder<TextClassifier> builder =
        Learner.of(dls, model)
            .lossFunc(new CrossEntropyLossFlat())
            .splitter(TextSplitters.classifier())
            .moms(.8, .7, .8);
    Learner learner = more.apply(builder).build();
    learner.addCbs(new ModelResetter(), new RnnRegularizer(options.alpha(), options.beta()));
    return new TextClassifierLearner(learner, model, vocab);
  }

  /** Returns the model. */
  public TextClassifier model() {
    return model;
  }

  @Override
  public AwdLstm encoder() {
    return model.encoder().module();
  }
}
