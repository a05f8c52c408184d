package org.onecycle.vision.learner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.onecycle.data.DataLoaders;
import org.onecycle.io.DownloadProgress;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.io.Weights;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.Pretrained;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ImageStats;
import org.onecycle.vision.models.ModelMeta;

/**
 * The options that learners on pictures share; the defaults are fastai's.
 *
 * @param <M> type of the model
 * @param <B> type of the builder
 */
public abstract sealed class ImageLearnerBuilder<
        M extends Module, B extends ImageLearnerBuilder<M, B>>
    permits VisionLearnerBuilder, UnetLearnerBuilder {
  private static final long SEED = 42;
  private static final int BODY = 1;
  private static final int HEAD = 2;

  private final DataLoaders dls;
  private final Arch arch;
  private boolean pretrained = true;
  private Path weights;
  private Module network;
  private boolean normalize = true;
  private int nOut;
  private Loss lossFunc;
  private Metric[] metrics = new Metric[0];
  private long seed = SEED;
  private UnaryOperator<LearnerBuilder<M>> more = UnaryOperator.identity();

  ImageLearnerBuilder(DataLoaders dls, Arch arch) {
    this.dls = dls;
    this.arch = arch;
  }

  abstract B self();

  /** Whether the body starts with torchvision's weights, downloaded once; it does by default. */
  public B pretrained(boolean value) {
    this.pretrained = value;
    return self();
  }

  /** A file with the weights of the whole network, instead of a download. */
  public B weights(Path file) {
    this.weights = file;
    return self();
  }

  /** A whole network that has its trained weights already, of which the body is taken. */
  public B network(Module trained) {
    this.network = trained;
    return self();
  }

  /**
   * Whether pictures are brought to the mean and deviation that pretrained weights expect, where
   * the data do not have a {@link Normalize} already; they are by default.
   */
  public B normalize(boolean value) {
    this.normalize = value;
    return self();
  }

  /** The numbers of an answer; by default as many as the data have labels. */
  public B nOut(int value) {
    this.nOut = value;
    return self();
  }

  /** What training makes small; by default the cross entropy where the target has labels. */
  public B lossFunc(Loss value) {
    this.lossFunc = value;
    return self();
  }

  /** Numbers to show after each epoch. */
  public B metrics(Metric... values) {
    this.metrics = values.clone();
    return self();
  }

  /** Decides the first weights and dropout; {@value #SEED} by default. */
  public B seed(long value) {
    this.seed = value;
    return self();
  }

  /** Any other option of a learner: optimiser, rates, callbacks. */
  public B with(UnaryOperator<LearnerBuilder<M>> options) {
    this.more = options;
    return self();
  }

  /** Puts the model on the body. */
  abstract M model(Sequential body, int outputs, Rng rng);

  /** Returns how the model is made again, from the settings of the body. */
  abstract Spec spec(ObjectNode body, int outputs);

  /** Returns the model as body and rest, for the architecture's splitter. */
  abstract Sequential chain(M model);

  /** Returns the channels of the pictures. */
  abstract int channels();

  /** Returns the loss for labels. */
  abstract Loss lossForLabels();

  final DataLoaders dls() {
    return dls;
  }

  final Arch arch() {
    return arch;
  }

  /**
   * Makes model and learner; a pretrained body is frozen.
   *
   * @throws IllegalArgumentException if the data do not tell the number of outputs or have a single
   *     class, or the weights are of another architecture
   * @throws org.onecycle.io.DownloadException if weights cannot be had
   */
  public Learner build() {
    int outputs = nOut > 0 ? nOut : dls.vocab().size();
    if (outputs == 0) {
      throw new IllegalArgumentException(
          "A learner on pictures expects labels or nOut, these data have no labels");
    }
    Loss loss = loss();
    if (outputs == 1 && loss instanceof CrossEntropyLossFlat) {
      throw new IllegalArgumentException(
          "A learner on pictures expects at least two classes, got only " + dls.vocab());
    }
    boolean trained = network != null || weights != null || pretrained;
    ModelMeta meta = arch.meta();
    Module whole = whole();
    Sequential body = Vision.createBody(whole, meta.cut(), channels(), trained);
    // The rest of the network is not to be kept for an export.
    Spec known = whole instanceof Exportable e ? e.spec() : null;
    Supplier<Spec> madeOf = known == null ? () -> Exportable.of(whole) : () -> known;
    M model = model(body, outputs, Rng.of(seed, HEAD));
    LearnerBuilder<M> builder =
        Learner.of(trained && normalize ? normalized(meta.stats()) : dls, model)
            .splitter(m -> meta.splitter().apply(chain(m)))
            .metrics(metrics)
            .seed(seed)
            .exportAs(
                () -> spec(LearnerExports.body(madeOf.get(), meta.cut(), channels()), outputs));
    if (loss != null) {
      builder.lossFunc(loss);
    }
    Learner learn = more.apply(builder).build();
    if (trained) {
      learn.freeze();
    }
    return learn;
  }

  /** Returns the loss that is named, the data's, or the one for labels; null if there is none. */
  private Loss loss() {
    if (lossFunc != null || dls.loss().isPresent()) {
      return lossFunc != null ? lossFunc : dls.loss().get();
    }
    return dls.vocab().isEmpty() ? null : lossForLabels();
  }

  private Module whole() {
    if (network != null) {
      return network;
    }
    if (weights != null) {
      Weights file = Weights.read(weights);
      Arch found = Pretrained.of(file).arch();
      if (found != arch) {
        throw new IllegalArgumentException(
            "%s: expected the weights of %s, got those of %s"
                .formatted(weights, arch.id(), found.id()));
      }
      return Pretrained.resnet(file);
    }
    return pretrained
        ? Pretrained.resnet(arch, DownloadProgress.NONE)
        : arch.model(Rng.of(seed, BODY));
  }

  private DataLoaders normalized(ImageStats stats) {
    boolean there =
        dls.train().options().batchTfms().stream().anyMatch(Normalize.class::isInstance);
    if (there || channels() != stats.mean().size()) {
      return dls;
    }
    return dls.addBatchTfms(Normalize.fromStats(numbers(stats.mean()), numbers(stats.std())));
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
