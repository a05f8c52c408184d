package org.onecycle.nn;

import org.onecycle.backend.PadMode;
import org.onecycle.tensor.Tensor;

/** Repeats the edges of {@code [N, C, H, W]} outwards. */
public final class ReplicationPad2d extends Layer {
  private final int left;
  private final int right;
  private final int top;
  private final int bottom;

  /** Makes a layer that adds this many columns and rows. */
  public ReplicationPad2d(int left, int right, int top, int bottom) {
    this.left = left;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4, "[N, C, H, W]", x);
    long[] none = {0, 0};
    return x.pad(
        PadMode.REPLICATE, 0, none, none, new long[] {top, bottom}, new long[] {left, right});
  }

  @Override
  protected String extraRepr() {
    return "(%d, %d, %d, %d)".formatted(left, right, top, bottom);
  }
}
