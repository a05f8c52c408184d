package org.onecycle.tabular.collab;

import java.util.List;
import java.util.function.UnaryOperator;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.tabular.EmbSz;
import org.onecycle.tabular.TabularConfig;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tensor.Rng;

/** Options of a {@link CollabLearner}; the defaults are fastai's. */
public final class CollabLearnerBuilder {
  private static final int FACTORS = 50;
  private static final long SEED = 42;
  private static final long WEIGHTS = 1;

  private final TabularDataLoaders dls;
  private int nFactors = FACTORS;
  private boolean useNn;
  private List<Integer> layers = List.of(50);
  private TabularConfig config = TabularConfig.DEFAULT;
  private double[] yRange;
  private Loss lossFunc = new MSELossFlat();
  private Metric[] metrics = new Metric[0];
  private long seed = SEED;
  private UnaryOperator<LearnerBuilder<Module>> more = UnaryOperator.identity();

  CollabLearnerBuilder(TabularDataLoaders dls) {
    this.dls = dls;
  }

  /** The length of a user's or item's vector in the dot product; {@value #FACTORS} by default. */
  public CollabLearnerBuilder nFactors(int value) {
    this.nFactors = value;
    return this;
  }

  /** Whether the model is an {@link EmbeddingNN} instead of an {@link EmbeddingDotBias}. */
  public CollabLearnerBuilder useNn(boolean value) {
    this.useNn = value;
    return this;
  }

  /** The sizes of the neural model's hidden layers; 50 by default. */
  public CollabLearnerBuilder layers(Integer... sizes) {
    this.layers = List.of(sizes);
    return this;
  }

  /** The neural model's other settings. */
  public CollabLearnerBuilder config(TabularConfig value) {
    this.config = value;
    return this;
  }

  /** The bounds of a rating; some room above the highest helps, as 5.5 for five stars. */
  public CollabLearnerBuilder yRange(double low, double high) {
    this.yRange = new double[] {low, high};
    return this;
  }

  /** The loss; the mean squared error by default. */
  public CollabLearnerBuilder lossFunc(Loss value) {
    this.lossFunc = value;
    return this;
  }

  /** Numbers to show after each epoch. */
  public CollabLearnerBuilder metrics(Metric... values) {
    this.metrics = values.clone();
    return this;
  }

  /** Decides the first weights and dropout; {@value #SEED} by default. */
  public CollabLearnerBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /** Any other option of a learner: optimiser, rates, callbacks. */
  public CollabLearnerBuilder with(UnaryOperator<LearnerBuilder<Module>> options) {
    this.more = options;
    return this;
  }

  /** Makes model and learner. */
  public CollabLearner build() {
    TabularData data = dls.data();
    List<EmbSz> sizes = data.embSzs();
    if (sizes.size() != 2 || !data.contNames().isEmpty() || data.outputs() != 1) {
      throw new IllegalArgumentException(
          "a CollabLearner expects users, items and a rating, got %s, %s and %s"
              .formatted(data.catNames(), data.contNames(), data.yNames()));
    }
    Module model = Init.with(Rng.of(seed, WEIGHTS), () -> model(sizes));
    LearnerBuilder<Module> builder =
        Learner.of(dls.loaders(), model).lossFunc(lossFunc).metrics(metrics).seed(seed);
    return new CollabLearner(dls, model, more.apply(builder).build());
  }

  private Module model(List<EmbSz> sizes) {
    if (useNn) {
      TabularConfig own = yRange == null ? config : config.withYRange(yRange[0], yRange[1]);
      return EmbeddingNN.create(sizes, layers, own);
    }
    return new EmbeddingDotBias(nFactors, sizes.get(0).n(), sizes.get(1).n(), yRange);
  }
}
