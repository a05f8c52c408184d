package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** Gives {@code [N, C, H, W]} the height and width of the original, by nearest neighbours. */
public final class ResizeToOrig extends Module implements SeesOriginal {
  /** Makes a layer. */
  public ResizeToOrig() {}

  /** Resizes {@code x} to the original. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 2 || inputs[0].rank() != 4 || inputs[1].rank() != 4) {
      throw new IllegalArgumentException("ResizeToOrig expects [N, C, H, W] and the original");
    }
    return resize(inputs[0], inputs[1]);
  }

  /** Returns x with the height and width of another picture; x itself if it has them. */
  public static Tensor resize(Tensor x, Tensor like) {
    boolean same = x.size(2) == like.size(2) && x.size(3) == like.size(3);
    return same ? x : F.interpolateNearest(x, like.size(2), like.size(3));
  }
}
