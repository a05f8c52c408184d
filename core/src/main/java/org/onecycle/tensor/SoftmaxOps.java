package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Reduction;
import org.onecycle.backend.SoftmaxKernels;
import org.onecycle.backend.Unary;

/** Softmax and what is built on it, with gradients. */
final class SoftmaxOps {
  private SoftmaxOps() {}

  private static SoftmaxKernels k() {
    return Backends.current().softmax();
  }

  static Tensor softmax(Tensor x, int axis) {
    int a = check("softmax", x, axis);
    Array y = k().softmax(x.value(), a);
    return Tape.record("softmax", y, dy -> new Array[] {k().softmaxGrad(dy, y, a)}, x);
  }

  static Tensor logSoftmax(Tensor x, int axis) {
    int a = check("logSoftmax", x, axis);
    Array y = k().logSoftmax(x.value(), a);
    Tape.OverGradFn grad =
        (dy, own) ->
            new Array[] {own ? k().logSoftmaxGradOver(dy, y, a) : k().logSoftmaxGrad(dy, y, a)};
    return Tape.record("logSoftmax", y, grad, x);
  }

  static Tensor logSumExp(Tensor x, int axis) {
    int a = check("logSumExp", x, axis);
    Tensor max = x.detach().reduceKeep(Reduction.MAX, a);
    // An infinite maximum would leave inf - inf.
    Tensor shift = Tensor.where(max.apply(Unary.IS_INF), Tensor.full(0, x.dtype()), max);
    return x.sub(shift).exp().sum(a).log().add(shift.squeeze(a));
  }

  private static int check(String op, Tensor x, int axis) {
    if (!x.dtype().isFloating() || x.rank() == 0) {
      throw new IllegalArgumentException(op + " expects floating values with axes, got " + x);
    }
    return Shapes.axis(axis, x.rank());
  }

  static Tensor nllLoss(Tensor logp, Tensor target, Tensor weight, long ignoreIndex) {
    if (logp.rank() != 2 || !target.value().hasShape(logp.size(0)) || isFloating(target)) {
      throw new IllegalArgumentException(
          "nllLoss expects log-probabilities [N, C] and integer targets [N], got "
              + Arrays.toString(logp.shape())
              + " and "
              + Arrays.toString(target.shape())
              + " "
              + target.dtype());
    }
    long classes = logp.size(1);
    if (weight != null && !weight.value().hasShape(classes)) {
      throw new IllegalArgumentException(
          "nllLoss expects weights [" + classes + "], got " + Arrays.toString(weight.shape()));
    }
    long[] t = target.toLongs();
    double[] w = weight == null ? null : weight.toDoubles();
    double[] factor = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      if (t[i] == ignoreIndex) {
        t[i] = 0;
        continue;
      }
      if (t[i] < 0 || t[i] >= classes) {
        throw new IllegalArgumentException(
            "nllLoss expects targets from 0 to " + (classes - 1) + ", got " + t[i]);
      }
      factor[i] = w == null ? -1 : -w[(int) t[i]];
    }
    long[] at = new long[t.length];
    Arrays.setAll(at, i -> i * classes + t[i]);
    double[] loss = Host.pick(logp.value(), at);
    // Where the factor is zero the loss is too, also at a probability of zero.
    Arrays.setAll(loss, i -> factor[i] == 0 ? 0 : factor[i] * loss[i]);
    Array out = Array.empty(logp.dtype(), t.length);
    Host.put(loss, out);
    return Tape.record(
        "nllLoss",
        out,
        dy -> {
          double[] slope = Host.doubles(dy);
          Arrays.setAll(slope, i -> factor[i] * slope[i]);
          Array dx = Array.empty(logp.dtype(), logp.shape());
          Host.putOnly(slope, at, dx);
          return new Array[] {dx};
        },
        logp);
  }

  private static boolean isFloating(Tensor t) {
    return t.dtype().isFloating();
  }
}
