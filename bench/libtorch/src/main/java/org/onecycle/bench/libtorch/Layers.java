package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;

/**
 * Layers of libtorch's operations. A result belongs to the manager of the first argument, so that
 * what starts from a step's arrays is freed with it.
 */
final class Layers {
  private static final float EPS = 1e-5f;
  private static final float MOMENTUM = .9f;

  private Layers() {}

  /** A convolution. */
  record Conv(NDArray weight, NDArray bias, int stride) {
    static Conv of(Params p, int in, int out, int kernel, int stride, boolean bias) {
      double std = Math.sqrt(2.0 / (out * kernel * kernel));
      NDArray w = p.normal(std, out, in, kernel, kernel);
      return new Conv(w, bias ? p.zeros(out) : null, stride);
    }

    NDArray apply(NDArray x) {
      long pad = weight.getShape().get(2) / 2;
      return Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(pad, pad))
          .singletonOrThrow();
    }

    NDArray relu(NDArray x) {
      return Activation.relu(apply(x));
    }
  }

  /** Batch norm over axis 1. */
  record Norm(NDArray weight, NDArray bias, NDArray mean, NDArray var) {
    static Norm of(Params p, int channels) {
      return new Norm(
          p.norm(1, channels),
          p.norm(0, channels),
          p.constant(0, channels),
          p.constant(1, channels));
    }

    NDArray apply(NDArray x, boolean training) {
      return BatchNorm.batchNorm(x, mean, var, weight, bias, 1, MOMENTUM, EPS, training)
          .singletonOrThrow();
    }
  }

  /** A linear layer. */
  record Dense(NDArray weight, NDArray bias) {
    static Dense of(Params p, int in, int out, boolean bias) {
      double range = 1 / Math.sqrt(in);
      return new Dense(p.uniform(range, out, in), bias ? p.zeros(out) : null);
    }

    NDArray apply(NDArray x) {
      return Linear.linear(x, weight, bias).singletonOrThrow();
    }
  }

  static NDArray dropout(NDArray x, double p) {
    return p == 0 ? x : Dropout.dropout(x, (float) p, true).singletonOrThrow();
  }

  /** Zeros with probability p, the others 1 / (1 - p). */
  static NDArray mask(NDManager step, double p, long... shape) {
    return dropout(step.ones(new Shape(shape)), p);
  }

  /** The mean cross entropy of logits with the classes on axis 1. */
  static NDArray crossEntropy(NDArray logits, NDArray classes) {
    return logits.logSoftmax(1).gather(classes.expandDims(1), 1).mean().neg();
  }
}
