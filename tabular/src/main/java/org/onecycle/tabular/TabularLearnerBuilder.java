package org.onecycle.tabular;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Init;
import org.onecycle.tensor.Rng;

/** Options of a {@link TabularLearner}; the defaults are fastai's. */
public final class TabularLearnerBuilder {
  private static final long SEED = 42;
  private static final long WEIGHTS = 1;

  private final TabularDataLoaders dls;
  private List<Integer> layers = List.of(200, 100);
  private Map<String, Integer> embSzs = Map.of();
  private TabularConfig config = TabularConfig.DEFAULT;
  private Loss lossFunc;
  private Metric[] metrics = new Metric[0];
  private long seed = SEED;
  private UnaryOperator<LearnerBuilder<TabularModel>> more = UnaryOperator.identity();

  TabularLearnerBuilder(TabularDataLoaders dls) {
    this.dls = dls;
  }

  /** The sizes of the hidden layers; 200 and 100 by default. */
  public TabularLearnerBuilder layers(Integer... sizes) {
    this.layers = List.of(sizes);
    return this;
  }

  /** The dimension of some columns' embeddings; by the rule of {@link EmbSz#of} by default. */
  public TabularLearnerBuilder embSzs(Map<String, Integer> byColumn) {
    this.embSzs = Map.copyOf(byColumn);
    return this;
  }

  /** The model's other settings. */
  public TabularLearnerBuilder config(TabularConfig value) {
    this.config = value;
    return this;
  }

  /** The bounds of a number to predict. */
  public TabularLearnerBuilder yRange(double low, double high) {
    this.config = config.withYRange(low, high);
    return this;
  }

  /** The loss; by default the cross entropy of categories, the mean squared error of numbers. */
  public TabularLearnerBuilder lossFunc(Loss value) {
    this.lossFunc = value;
    return this;
  }

  /** Numbers to show after each epoch. */
  public TabularLearnerBuilder metrics(Metric... values) {
    this.metrics = values.clone();
    return this;
  }

  /** Decides the first weights and dropout; {@value #SEED} by default. */
  public TabularLearnerBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /** Any other option of a learner: optimiser, rates, callbacks. */
  public TabularLearnerBuilder with(UnaryOperator<LearnerBuilder<TabularModel>> options) {
    this.more = options;
    return this;
  }

  /**
   * Makes model and learner.
   *
   * @throws IllegalArgumentException if the table has no target
   */
  public TabularLearner build() {
    TabularData data = dls.data();
    if (data.yNames().isEmpty()) {
      throw new IllegalArgumentException("a learner expects yNames, this table has no target");
    }
    TabularModel model =
        Init.with(
            Rng.of(seed, WEIGHTS),
            () ->
                new TabularModel(
                    data.embSzs(embSzs), data.contNames().size(), data.outputs(), layers, config));
    Loss loss = lossFunc;
    if (loss == null) {
      loss = data.yBlock() == YBlock.CATEGORY ? new CrossEntropyLossFlat() : new MSELossFlat();
    }
    LearnerBuilder<TabularModel> builder =
        Learner.of(dls.loaders(), model).lossFunc(loss).metrics(metrics).seed(seed);
    return new TabularLearner(dls, model, more.apply(builder).build());
  }
}
