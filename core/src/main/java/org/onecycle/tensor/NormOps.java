package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.NormKernels;

/** Normalisations, with their gradients. */
final class NormOps {
  private NormOps() {}

  private static NormKernels k() {
    return Backends.current().norm();
  }

  static Tensor batchNorm(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVar,
      boolean training,
      double momentum,
      double eps) {
    check(x, weight, bias, runningMean, runningVar);
    if (training || runningMean == null || runningVar == null) {
      Tensor mean = training ? runningMean : null;
      return byBatch(x, weight, bias, mean, runningVar, momentum, eps, false);
    }
    Array mean = runningMean.value();
    Array variance = runningVar.value();
    Array y =
        k().batchNormFixed(
                x.value(), ConvOps.value(weight), ConvOps.value(bias), mean, variance, eps);
    // Later training steps change the running statistics in place.
    boolean recorded = ConvOps.mask(x, weight, bias).any() && NoGrad.gradEnabled();
    Array m = recorded ? runningMean.copy().value() : mean;
    Array v = recorded ? runningVar.copy().value() : variance;
    return ConvOps.record(
        "batchNorm",
        y,
        dy ->
            k().batchNormFixedGrad(
                    dy, x.value(), ConvOps.value(weight), m, v, eps, ConvOps.mask(x, weight, bias)),
        x,
        weight,
        bias);
  }

  static Tensor batchNormRelu(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVar,
      double momentum,
      double eps) {
    check(x, weight, bias, runningMean, runningVar);
    return byBatch(x, weight, bias, runningMean, runningVar, momentum, eps, true);
  }

  private static void check(
      Tensor x, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVar) {
    if (x.rank() < 2 || !x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "batchNorm expects [N, C, ..] of a floating type, got "
              + Arrays.toString(x.shape())
              + " "
              + x.dtype());
    }
    checkVector(x, "weight", weight);
    checkVector(x, "bias", bias);
    checkVector(x, "running mean", runningMean);
    checkVector(x, "running variance", runningVar);
  }

  private static Tensor byBatch(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVar,
      double momentum,
      double eps,
      boolean relu) {
    long n = x.numel() / Math.max(1, x.size(1));
    if (n < 2) {
      throw new IllegalArgumentException(
          "batchNorm expected more than 1 value per channel when training, got input "
              + Arrays.toString(x.shape()));
    }
    Array w = ConvOps.value(weight);
    Array b = ConvOps.value(bias);
    NormKernels.Normalized r =
        relu ? k().batchNormRelu(x.value(), w, b, eps) : k().batchNorm(x.value(), w, b, eps);
    if (runningMean != null) {
      track(runningMean, r.stats().mean(), momentum, 1);
    }
    if (runningMean != null && runningVar != null) {
      track(runningVar, r.stats().variance(), momentum, n / (n - 1.0));
    }
    NormKernels.Stats stats = r.stats();
    Array y = r.y();
    ConvOps.LayerGrad grad =
        relu
            ? dy ->
                k().batchNormReluGrad(
                        dy, x.value(), y, w, stats, eps, ConvOps.mask(x, weight, bias))
            : dy -> k().batchNormGrad(dy, x.value(), w, stats, eps, ConvOps.mask(x, weight, bias));
    return ConvOps.record(relu ? "batchNormRelu" : "batchNorm", y, grad, x, weight, bias);
  }

  /** {@code running = (1 - momentum) running + momentum factor batch}, in place. */
  private static void track(Tensor running, Array batch, double momentum, double factor) {
    double[] r = running.toDoubles();
    double[] b = Host.doubles(batch);
    for (int i = 0; i < r.length; i++) {
      r[i] = (1 - momentum) * r[i] + momentum * factor * b[i];
    }
    Host.put(r, running.value());
  }

  static Tensor layerNorm(Tensor x, int axes, Tensor weight, Tensor bias, double eps) {
    if (axes < 1 || axes > x.rank() || !x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "layerNorm over "
              + axes
              + " axes expects a floating tensor that has them, got "
              + Arrays.toString(x.shape())
              + " "
              + x.dtype());
    }
    long[] shape = x.shape();
    long[] inner = Arrays.copyOfRange(shape, shape.length - axes, shape.length);
    checkInner(inner, "weight", weight);
    checkInner(inner, "bias", bias);
    long size = Shapes.numel(inner);
    if (x.numel() == 0) {
      throw new IllegalArgumentException("layerNorm expects elements, got an empty " + x);
    }
    Array rows = x.value().reshape(-1, size);
    Array w = weight == null ? null : weight.value().reshape(size);
    Array b = bias == null ? null : bias.value().reshape(size);
    NormKernels.Normalized r = k().layerNorm(rows, w, b, eps);
    NormKernels.Stats stats = r.stats();
    return ConvOps.record(
        "layerNorm",
        r.y().reshape(shape),
        dy -> {
          var g =
              k().layerNormGrad(
                      dy.reshape(-1, size), rows, w, stats, eps, ConvOps.mask(x, weight, bias));
          return new org.onecycle.backend.Grads(
              shaped(g.x(), shape), shaped(g.weight(), inner), shaped(g.bias(), inner));
        },
        x,
        weight,
        bias);
  }

  private static Array shaped(Array a, long[] shape) {
    return a == null ? null : a.reshape(shape);
  }

  private static void checkVector(Tensor x, String what, Tensor v) {
    if (v != null && !v.value().hasShape(x.size(1))) {
      throw new IllegalArgumentException(
          "batchNorm of "
              + Arrays.toString(x.shape())
              + " expects a "
              + what
              + " ["
              + x.size(1)
              + "], got "
              + Arrays.toString(v.shape()));
    }
  }

  private static void checkInner(long[] inner, String what, Tensor v) {
    if (v != null && !v.value().hasShape(inner)) {
      throw new IllegalArgumentException(
          "layerNorm expects a "
              + what
              + " "
              + Arrays.toString(inner)
              + ", got "
              + Arrays.toString(v.shape()));
    }
  }
}
