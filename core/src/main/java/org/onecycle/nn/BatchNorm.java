package org.onecycle.nn;

import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Normalises every channel (axis 1) to mean 0 and variance 1, then scales and shifts it: {@code y =
 * (x - mean) / sqrt(var + eps) * weight + bias}.
 *
 * <p>In training mode with the batch's statistics (the biased variance), which also move {@code
 * running_mean} and {@code running_var} (the unbiased variance) by {@code momentum}; in evaluation
 * mode with the running ones. Ioffe and Szegedy 2015, arXiv 1502.03167.
 */
public abstract sealed class BatchNorm extends Layer implements NormLayer
    permits BatchNorm1d, BatchNorm2d {
  private final int features;
  private final BatchNormOptions options;
  private final Parameter weight;
  private final Parameter bias;
  private final Buffer runningMean;
  private final Buffer runningVar;
  private final Buffer batches;

  BatchNorm(int features, BatchNormOptions options) {
    this.features = features;
    this.options = options;
    try (Scope s = Scope.open()) {
      boolean affine = options.affine();
      weight = affine ? parameter("weight", filled(options.weight())) : null;
      bias = affine ? parameter("bias", filled(options.bias())) : null;
      runningMean = buffer("running_mean", filled(0));
      runningVar = buffer("running_var", filled(1));
      batches = buffer("num_batches_tracked", Tensor.of(new long[] {0}));
    }
  }

  private Tensor filled(double value) {
    return Tensor.full(value, DType.FLOAT, features);
  }

  /** Returns the number of channels. */
  public final int numFeatures() {
    return features;
  }

  /** Returns the settings. */
  public final BatchNormOptions options() {
    return options;
  }

  /** Returns the weight {@code [C]}, or null. */
  public final Parameter weight() {
    return weight;
  }

  /** Returns the bias {@code [C]}, or null. */
  public final Parameter bias() {
    return bias;
  }

  /** Returns the running mean {@code [C]}. */
  public final Buffer runningMean() {
    return runningMean;
  }

  /** Returns the running variance {@code [C]}. */
  public final Buffer runningVar() {
    return runningVar;
  }

  @Override
  protected final Tensor compute(Tensor x) {
    checkShape(x, features);
    if (isTraining()) {
      count(x);
    }
    return F.batchNorm(
        x,
        value(weight),
        value(bias),
        runningMean.tensor(),
        runningVar.tensor(),
        isTraining(),
        options.momentum(),
        options.eps());
  }

  /** Returns the ReLU of what training makes of the input, as one kernel. */
  final Tensor withRelu(Tensor x) {
    return named(
        () -> {
          checkShape(x, features);
          count(x);
          return F.batchNormRelu(
              x,
              value(weight),
              value(bias),
              runningMean.tensor(),
              runningVar.tensor(),
              options.momentum(),
              options.eps());
        });
  }

  private static Tensor value(Parameter p) {
    return p == null ? null : p.tensor();
  }

  private void count(Tensor x) {
    if (x.numel() == features) {
      throw new IllegalArgumentException(
          kind() + " in training expects more than one value per channel, got " + x);
    }
    long seen = Host.longs(batches.tensor().value())[0];
    Host.put(new long[] {seen + 1}, batches.tensor().value());
  }

  abstract void checkShape(Tensor x, int channels);

  @Override
  protected final String extraRepr() {
    return "%d, eps=%s, momentum=%s, affine=%s, track_running_stats=True"
        .formatted(
            features,
            Repr.number(options.eps()),
            Repr.number(options.momentum()),
            Repr.bool(options.affine()));
  }
}
