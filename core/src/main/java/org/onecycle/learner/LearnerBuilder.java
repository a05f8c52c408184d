package org.onecycle.learner;

import java.util.List;
import java.util.function.Supplier;
import org.onecycle.data.DataLoaders;
import org.onecycle.io.Spec;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Module;
import org.onecycle.optim.Lr;
import org.onecycle.optim.OptimizerFactory;
import org.onecycle.optim.Optimizers;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

/**
 * Options of a {@link Learner}; the defaults are fastai's.
 *
 * @param <M> type of the model
 */
public final class LearnerBuilder<M extends Module> {
  private static final double LR = 1e-3;
  private static final long SEED = 42;

  private final DataLoaders dls;
  private final M model;
  private Loss lossFunc;
  private OptimizerFactory optFunc = Optimizers.adam();
  private Lr lr = Lr.of(LR);
  private ModelSplitter<? super M> splitter = ModelSplitter.trainableParams();
  private List<Metric> metrics = List.of();
  private boolean trainMetrics;
  private List<Callback> cbs = List.of();
  private Double wd;
  private boolean wdBnBias;
  private boolean trainBn = true;
  private Momentums moms = Momentums.DEFAULT;
  private long seed = SEED;
  private ProgressOutput progress;
  private Supplier<Spec> spec;

  LearnerBuilder(DataLoaders dls, M model) {
    this.dls = dls;
    this.model = model;
  }

  /** What training makes small; by default the data's, or the cross entropy for labels. */
  public LearnerBuilder<M> lossFunc(Loss value) {
    this.lossFunc = value;
    return this;
  }

  /** The optimiser; Adam by default. */
  public LearnerBuilder<M> optFunc(OptimizerFactory value) {
    this.optFunc = value;
    return this;
  }

  /** The learning rate of fits that are given none; {@value #LR} by default. */
  public LearnerBuilder<M> lr(double value) {
    return lr(Lr.of(value));
  }

  /** The learning rates of fits that are given none. */
  public LearnerBuilder<M> lr(Lr value) {
    this.lr = value;
    return this;
  }

  /** Groups of parameters; by default one group of all that are not frozen. */
  public LearnerBuilder<M> splitter(ModelSplitter<? super M> value) {
    this.splitter = value;
    return this;
  }

  /** Numbers to show after each epoch, over the validation data. */
  public LearnerBuilder<M> metrics(Metric... values) {
    this.metrics = List.of(values);
    return this;
  }

  /** Whether metrics are computed over the training batches too; they are not by default. */
  public LearnerBuilder<M> trainMetrics(boolean value) {
    this.trainMetrics = value;
    return this;
  }

  /** Callbacks. */
  public LearnerBuilder<M> cbs(Callback... values) {
    this.cbs = List.of(values);
    return this;
  }

  /** The weight decay; the optimiser's own by default. */
  public LearnerBuilder<M> wd(double value) {
    this.wd = value;
    return this;
  }

  /** Whether weight decay applies to norm layers and biases; it does not by default. */
  public LearnerBuilder<M> wdBnBias(boolean value) {
    this.wdBnBias = value;
    return this;
  }

  /** Whether norm layers train in frozen groups too; they do by default. */
  public LearnerBuilder<M> trainBn(boolean value) {
    this.trainBn = value;
    return this;
  }

  /** The momentums of one-cycle runs; .95, .85, .95 by default. */
  public LearnerBuilder<M> moms(double start, double middle, double end) {
    this.moms = new Momentums(start, middle, end);
    return this;
  }

  /**
   * Decides every draw of the model's layers, such as dropout's; {@value #SEED} by default. Loaders
   * have a seed of their own.
   */
  public LearnerBuilder<M> seed(long value) {
    this.seed = value;
    return this;
  }

  /** Where progress is shown; the terminal by default. */
  public LearnerBuilder<M> progress(ProgressOutput value) {
    this.progress = value;
    return this;
  }

  /**
   * How the model is made again by {@link Predictor#load}; by default as it says itself, where it
   * is {@link org.onecycle.io.Exportable}.
   */
  public LearnerBuilder<M> exportAs(Spec value) {
    return exportAs(() -> value);
  }

  /** As {@link #exportAs(Spec)}, asked for when there is an export. */
  public LearnerBuilder<M> exportAs(Supplier<Spec> value) {
    this.spec = value;
    return this;
  }

  /**
   * Makes the learner.
   *
   * @throws IllegalStateException if no loss was given and the data do not tell which
   */
  public Learner build() {
    Loss loss = lossFunc == null ? dls.loss().orElse(null) : lossFunc;
    if (loss == null && dls.vocab().isEmpty()) {
      throw new IllegalStateException(
          "A Learner needs a lossFunc: these data have no labels that would tell which");
    }
    model.seed(new Rng(seed));
    return new Learner(
        dls,
        model,
        new LearnerOptions(
            loss == null ? new CrossEntropyLossFlat() : loss,
            optFunc,
            lr,
            () -> List.copyOf(splitter.split(model)),
            metrics,
            trainMetrics,
            cbs,
            wd,
            wdBnBias,
            trainBn,
            moms,
            progress == null ? ProgressOutput.standard() : progress,
            spec));
  }
}
