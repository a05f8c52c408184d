package org.onecycle.nn;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.tensor.Tensor;

/**
 * A convolution with the batch norm after it folded into its weight and bias, good as long as none
 * of the values it was computed from changes. It never changes itself, so threads may share it.
 */
final class Folded {
  private final Conv2d conv;
  private final Array weight;
  private final Array bias;
  private final List<Array> sources;
  private final List<Long> versions;

  Folded(Conv2d conv, BatchNorm norm, Array x) {
    this.conv = conv;
    sources = sources(conv, norm);
    try (Scope out = Scope.outside();
        Scope s = Scope.open()) {
      Tensor scale = norm.runningVar().tensor().add(norm.options().eps()).pow(-0.5);
      Tensor shift = norm.runningMean().tensor().neg();
      if (norm.weight() != null) {
        scale = scale.mul(norm.weight().tensor());
      }
      if (conv.bias() != null) {
        shift = shift.add(conv.bias().tensor());
      }
      shift = shift.mul(scale);
      if (norm.bias() != null) {
        shift = shift.add(norm.bias().tensor());
      }
      Array w = conv.weight().tensor().mul(scale.reshape(-1, 1, 1, 1)).value();
      weight = s.keep(Backends.current().conv().forSum(w, conv.options().spec(), x));
      bias = s.keep(shift.value());
    }
    versions = sources.stream().map(Array::version).toList();
  }

  /** Gives the memory back, when nobody uses it any more. */
  void release() {
    weight.release();
    bias.release();
  }

  boolean isGood(BatchNorm norm) {
    List<Array> now = sources(conv, norm);
    if (now.size() != sources.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i) != sources.get(i) || now.get(i).version() != versions.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static List<Array> sources(Conv2d conv, BatchNorm norm) {
    List<Array> all = new ArrayList<>();
    all.add(conv.weight().tensor().value());
    all.add(norm.runningMean().tensor().value());
    all.add(norm.runningVar().tensor().value());
    if (conv.bias() != null) {
      all.add(conv.bias().tensor().value());
    }
    if (norm.weight() != null) {
      all.add(norm.weight().tensor().value());
    }
    if (norm.bias() != null) {
      all.add(norm.bias().tensor().value());
    }
    return all;
  }

  /**
   * Returns {@code act(norm(conv(x)) + addend)}.
   *
   * @param addend of the result's shape, or null
   * @param relu whether {@code act} is ReLU, or nothing
   */
  Tensor call(Tensor x, Tensor addend, boolean relu) {
    Array a = addend == null ? null : addend.value();
    Conv2dSpec spec = conv.options().spec();
    return Tensor.of(Backends.current().conv().conv2dSum(x.value(), weight, bias, spec, a, relu));
  }

  /** Returns whether the convolution's result has the shape and type of this tensor. */
  boolean gives(Tensor x, Tensor like) {
    Conv2dSpec spec = conv.options().spec();
    long[] w = conv.weight().shape();
    return like.dtype() == x.dtype()
        && like.value()
            .hasShape(
                x.size(0), w[0], spec.outputH(x.size(2), w[2]), spec.outputW(x.size(3), w[3]));
  }
}
