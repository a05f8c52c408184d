package org.onecycle.tabular.collab;

import java.util.List;
import org.onecycle.tabular.EmbSz;
import org.onecycle.tabular.TabularConfig;
import org.onecycle.tabular.TabularModel;

/** The neural model of ratings: a {@link TabularModel} of users and items with one output. */
public final class EmbeddingNN {
  private EmbeddingNN() {}

  /**
   * Makes the model, from INT64 {@code [N, 2]} to {@code [N, 1]}.
   *
   * @param embSzs sizes of the users' and the items' embedding
   * @param layers sizes of the hidden layers; fastai's default is 50
   */
  public static TabularModel create(
      List<EmbSz> embSzs, List<Integer> layers, TabularConfig config) {
    return new TabularModel(embSzs, 0, 1, layers, config);
  }
}
