package org.onecycle.nn;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Normalises over the last axes, {@code [*, shape]}, then scales and shifts every element of them:
 * {@code weight} and {@code bias} have that shape and start at 1 and 0. Ba et al. 2016, arXiv
 * 1607.06450.
 */
public final class LayerNorm extends Layer implements NormLayer {
  private final long[] shape;
  private final double eps;
  private final Parameter weight;
  private final Parameter bias;

  /** Makes a layer over these last axes, with eps 1e-5. */
  public LayerNorm(long... shape) {
    this(1e-5, shape);
  }

  /** Makes a layer over these last axes. */
  public LayerNorm(double eps, long... shape) {
    this.shape = shape.clone();
    this.eps = eps;
    try (Scope s = Scope.open()) {
      weight = parameter("weight", Tensor.full(1, DType.FLOAT, shape));
      bias = parameter("bias", Tensor.full(0, DType.FLOAT, shape));
    }
  }

  /** Returns the weight. */
  public Parameter weight() {
    return weight;
  }

  /** Returns the bias. */
  public Parameter bias() {
    return bias;
  }

  @Override
  protected Tensor compute(Tensor x) {
    long[] s = x.shape();
    int from = s.length - shape.length;
    expect(
        from >= 0 && Arrays.equals(Arrays.copyOfRange(s, from, s.length), shape),
        "[*, " + sizes() + "]",
        x);
    return F.layerNorm(x, shape.length, weight.tensor(), bias.tensor(), eps);
  }

  private String sizes() {
    return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
  }

  @Override
  protected String extraRepr() {
    String tuple = shape.length == 1 ? sizes() + "," : sizes();
    return "(%s), eps=%s, elementwise_affine=True".formatted(tuple, Repr.number(eps));
  }
}
