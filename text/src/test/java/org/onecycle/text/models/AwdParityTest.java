package org.onecycle.text.models;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.text.learner.TextSplitters;

/** AWD-LSTM models against those of real fastai. */
class AwdParityTest {
  private static final AwdLstmConfig CONFIG =
      AwdLstmConfig.LANGUAGE_MODEL.withSizes(12, 20, 2).withDropouts(AwdDropouts.NONE);

  /** As fastai counts: of the two-faced batches here some texts lose their last words. */
  private static final RowRule FASTAI =
      (words, rows, length, pad, bptt) -> {
        int[] counts = new int[(length + bptt - 1) / bptt];
        for (int i = 0; i < words.length; i++) {
          int column = i % length;
          counts[column / bptt] += column % bptt == 0 && words[i] != pad ? 1 : 0;
        }
        return counts;
      };

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void languageModel(DType type) {
    new AwdFixture<>("awd_lm", type, new LanguageModel(50, CONFIG))
        .eval(3)
        .train()
        .fit(TextSplitters.languageModel())
        .finish();
  }

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void classifier(DType type) {
    SentenceEncoder encoder = new SentenceEncoder(8, new AwdLstm(50, CONFIG), 1440, FASTAI);
    PoolingLinearClassifier head =
        new PoolingLinearClassifier(List.of(36, 10, 3), List.of(0.0, 0.0));
    new AwdFixture<>("awd_classifier", type, new TextClassifier(encoder, head))
        .eval(0)
        .train()
        .fit(TextSplitters.classifier())
        .finish();
  }
}
