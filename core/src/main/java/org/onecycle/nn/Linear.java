package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * {@code y = x W^T + b}: from {@code [*, in]} to {@code [*, out]}, with {@code weight [out, in]}
 * and {@code bias [out]}.
 *
 * <p>Both start uniform within {@code 1 / sqrt(in)}.
 */
public final class Linear extends Layer {
  private final int in;
  private final int out;
  private final Parameter weight;
  private final Parameter bias;

  /** Makes a layer with a bias. */
  public Linear(int in, int out) {
    this(in, out, true);
  }

  /** Makes a layer, with or without a bias. */
  public Linear(int in, int out, boolean bias) {
    this.in = in;
    this.out = out;
    try (Scope s = Scope.open()) {
      weight = parameter("weight", Init.standard().draw(Init.rng(), out, in));
      this.bias =
          bias ? parameter("bias", Init.biasFor(weight.shape()).draw(Init.rng(), out)) : null;
    }
  }

  /** Makes a layer that shares another module's weight {@code [out, in]}; a bias starts at 0. */
  public Linear(Parameter weight, boolean bias) {
    out = (int) weight.shape()[0];
    in = (int) weight.shape()[1];
    this.weight = share("weight", weight);
    try (Scope s = Scope.open()) {
      this.bias = bias ? parameter("bias", Tensor.full(0, weight.tensor().dtype(), out)) : null;
    }
  }

  /** Returns the size of the last axis it takes. */
  public int inFeatures() {
    return in;
  }

  /** Returns the size of the last axis it gives. */
  public int outFeatures() {
    return out;
  }

  /** Returns the weight {@code [out, in]}. */
  public Parameter weight() {
    return weight;
  }

  /** Returns the bias {@code [out]}, or null. */
  public Parameter bias() {
    return bias;
  }

  @Override
  protected Tensor compute(Tensor x) {
    check(x);
    return F.linear(x, weight.tensor(), biasValue());
  }

  /** Returns the ReLU of what the layer makes of the input, as one operation. */
  Tensor withRelu(Tensor x) {
    return named(
        () -> {
          check(x);
          return F.linearRelu(x, weight.tensor(), biasValue());
        });
  }

  private void check(Tensor x) {
    expect(x.rank() >= 1 && x.size(-1) == in, "[*, " + in + "]", x);
  }

  private Tensor biasValue() {
    return bias == null ? null : bias.tensor();
  }

  @Override
  protected String extraRepr() {
    return "in_features=%d, out_features=%d, bias=%s".formatted(in, out, Repr.bool(bias != null));
  }
}
