package org.onecycle.loss;

import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;
import org.onecycle.tensor.Tensor;

/** Checks of targets and the last step of every loss. */
final class Targets {
  private Targets() {}

  /** Moves the axis of classes to the end and joins all others: {@code [M, C]}. */
  static Tensor classesLast(Tensor pred, int axis) {
    if (pred.rank() < 1) {
      throw new IllegalArgumentException("A cross entropy expects [*, C], got " + pred);
    }
    int a = Shapes.axis(axis, pred.rank());
    Tensor last = pred;
    if (a != pred.rank() - 1) {
      int[] order = new int[pred.rank()];
      int n = 0;
      for (int i = 0; i < order.length; i++) {
        if (i != a) {
          order[n++] = i;
        }
      }
      order[n] = a;
      last = pred.permute(order);
    }
    return last.reshape(-1, pred.size(a));
  }

  /** Returns the classes as INT64 {@code [M]}. */
  static Tensor classes(String loss, Tensor target, Tensor logits, Tensor pred) {
    if (target.numel() != logits.size(0)) {
      throw new IllegalArgumentException(
          loss
              + " expects one target for each of "
              + logits.size(0)
              + " predictions "
              + Arrays.toString(pred.shape())
              + ", got "
              + Arrays.toString(target.shape()));
    }
    long classes = logits.size(1);
    long[] ids = target.toLongs();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= classes) {
        throw new IllegalArgumentException(
            "%s expects classes 0 to %d (%d classes), got %d at %s of the target %s"
                .formatted(
                    loss,
                    classes - 1,
                    classes,
                    ids[i],
                    Arrays.toString(place(i, target.shape())),
                    Arrays.toString(target.shape())));
      }
    }
    return target.to(DType.INT64).reshape(-1);
  }

  private static long[] place(long flat, long[] shape) {
    long[] at = new long[shape.length];
    long rest = flat;
    for (int i = shape.length - 1; i >= 0; i--) {
      at[i] = rest % shape[i];
      rest /= shape[i];
    }
    return at;
  }

  /** Returns the target as {@code [M]} in the prediction's type. */
  static Tensor numbers(String loss, Tensor target, Tensor pred) {
    if (target.numel() != pred.numel()) {
      throw new IllegalArgumentException(
          loss
              + " expects a target for each element of "
              + Arrays.toString(pred.shape())
              + ", got "
              + Arrays.toString(target.shape()));
    }
    return target.to(pred.dtype()).reshape(-1);
  }

  static Tensor reduce(Tensor losses, Loss.Reduction reduction) {
    return switch (reduction) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
