package org.onecycle.nn;

import org.onecycle.backend.Pool2dSpec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** The largest value of each window: from {@code [N, C, H, W]} to {@code [N, C, H', W']}. */
public final class MaxPool2d extends Layer {
  private final Pool2dSpec spec;

  /** Makes a layer of square windows side by side. */
  public MaxPool2d(int kernel) {
    this(kernel, kernel, 0);
  }

  /** Makes a layer of square windows. */
  public MaxPool2d(int kernel, int stride, int padding) {
    this(Pool2dSpec.of(kernel, stride, padding));
  }

  /** Makes a layer. */
  public MaxPool2d(Pool2dSpec spec) {
    this.spec = spec;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4, "[N, C, H, W]", x);
    return F.maxPool2d(x, spec);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            Repr.size(spec.kernelH(), spec.kernelW()),
            Repr.size(spec.strideH(), spec.strideW()),
            Repr.size(spec.padH(), spec.padW()),
            Repr.size(spec.dilationH(), spec.dilationW()),
            Repr.bool(spec.ceilMode()));
  }
}
