package org.onecycle.vision.models;

import java.util.List;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.ConvLayerOptions;
import org.onecycle.nn.Module;
import org.onecycle.nn.UpsampleNearest;

/** How an {@link UpsampleNet} doubles height and width. */
public enum Upsampling {
  /** Every pixel becomes four equal ones, then a 3x3 convolution. */
  NEAREST,
  /** A transposed convolution: zeros between the pixels, then a 4x4 convolution. */
  TRANSPOSED;

  private static final int KERNEL = 4;

  /** Returns the layers from {@code [N, ni, H, W]} to {@code [N, nf, 2 H, 2 W]}. */
  List<Module> doubling(int ni, int nf) {
    if (this == NEAREST) {
      return List.of(new UpsampleNearest(2), new ConvLayer(ni, nf));
    }
    ConvLayerOptions up = ConvLayerOptions.DEFAULT.withTranspose(true).withStride(2).withPadding(1);
    return List.of(new ConvLayer(ni, nf, KERNEL, up));
  }
}
