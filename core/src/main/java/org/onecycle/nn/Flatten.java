package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** Joins the axes from {@code startDim} on: {@code [N, C, H, W]} becomes {@code [N, C * H * W]}. */
public final class Flatten extends Layer {
  private final int startDim;

  /** Makes a layer that keeps the first axis. */
  public Flatten() {
    this(1);
  }

  /** Makes a layer that keeps the axes before {@code startDim}; 0 joins all into one. */
  public Flatten(int startDim) {
    this.startDim = startDim;
  }

  @Override
  protected Tensor compute(Tensor x) {
    return x.flatten(startDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=-1";
  }
}
