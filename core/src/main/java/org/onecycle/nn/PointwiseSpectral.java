package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;

/**
 * A one-dimensional convolution of width 1 without bias and with spectral norm: {@code [N, in, L]}
 * to {@code [N, out, L]}, {@code weight_orig [out, in, 1]}.
 */
final class PointwiseSpectral extends Layer {
  private final int in;
  private final int out;
  private final Spectral spectral;

  PointwiseSpectral(int in, int out) {
    this.in = in;
    this.out = out;
    try (Scope s = Scope.open()) {
      Parameter weight = parameter("weight_orig", Init.standard().draw(Init.rng(), out, in, 1));
      Buffer u = buffer("weight_u", Spectral.start(out));
      Buffer v = buffer("weight_v", Spectral.start(in));
      spectral = new Spectral(weight, u, v);
    }
  }

  @Override
  public String kind() {
    return "Conv1d";
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 3 && x.size(1) == in, "[N, " + in + ", L]", x);
    Tensor w = spectral.weight(isTraining()).reshape(1, out, in);
    return w.expand(x.size(0), out, in).matmul(x);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, kernel_size=(1,), stride=(1,), bias=False".formatted(in, out);
  }
}
