package org.onecycle.backend;

import org.onecycle.array.Array;

/** Softmax and its logarithm along one axis, counted from the front. */
public interface SoftmaxKernels {
  /** Returns {@code exp(x) / sum(exp(x))}. */
  Array softmax(Array x, int axis);

  /** Returns the gradient of {@link #softmax} from its result. */
  Array softmaxGrad(Array dy, Array y, int axis);

  /** Returns {@code x - log(sum(exp(x)))}, exact also where the probability would round to 0. */
  Array logSoftmax(Array x, int axis);

  /** Returns the gradient of {@link #logSoftmax} from its result. */
  Array logSoftmaxGrad(Array dy, Array y, int axis);

  /** As {@link #logSoftmaxGrad}, but may write the result over {@code dy} and return that. */
  default Array logSoftmaxGradOver(Array dy, Array y, int axis) {
    return logSoftmaxGrad(dy, y, axis);
  }
}
