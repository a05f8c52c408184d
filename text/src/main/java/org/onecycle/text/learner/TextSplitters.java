package org.onecycle.text.learner;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.WeightDropout;
import org.onecycle.text.models.LanguageModel;
import org.onecycle.text.models.TextClassifier;

/** fastai's groups of parameters of models on AWD-LSTM. */
public final class TextSplitters {
  private TextSplitters() {}

  /** Returns the groups of a language model: each LSTM, then embedding and decoder. */
  public static ModelSplitter<LanguageModel> languageModel() {
    return m -> {
      List<List<Parameter>> groups = rnns(m.encoder().rnns());
      List<Parameter> last = new ArrayList<>(m.encoder().encoder().parameters());
      m.decoder().parameters().stream().filter(p -> !last.contains(p)).forEach(last::add);
      groups.add(last);
      return groups;
    };
  }

  /** Returns the groups of a classifier: the embedding, each LSTM, the head. */
  public static ModelSplitter<TextClassifier> classifier() {
    return m -> {
      List<List<Parameter>> groups = new ArrayList<>();
      groups.add(m.encoder().module().encoder().parameters());
      groups.addAll(rnns(m.encoder().module().rnns()));
      groups.add(m.head().parameters());
      return groups;
    };
  }

  private static List<List<Parameter>> rnns(List<WeightDropout> rnns) {
    List<List<Parameter>> groups = new ArrayList<>();
    rnns.forEach(r -> groups.add(r.parameters()));
    return groups;
  }
}
