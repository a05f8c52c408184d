package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** Makes of every pixel a block of equal ones: {@code [N, C, H, W]} to {@code [N, C, sH, sW]}. */
public final class UpsampleNearest extends Layer {
  private final int scale;

  /** Makes a layer that enlarges by {@code scale}. */
  public UpsampleNearest(int scale) {
    this.scale = scale;
  }

  @Override
  public String kind() {
    return "Upsample";
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4, "[N, C, H, W]", x);
    return F.interpolateNearest(x, x.size(2) * scale, x.size(3) * scale);
  }

  @Override
  protected String extraRepr() {
    return "scale_factor=" + Repr.number(scale) + ", mode='nearest'";
  }
}
