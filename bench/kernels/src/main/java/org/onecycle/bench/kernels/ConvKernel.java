package org.onecycle.bench.kernels;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/** ResNet-34's 3x3 convolutions at 224 px, batch 8: 1.85 GFLOP forward each. */
public class ConvKernel extends Kernel {
  /** Channels and height. */
  @Param({"64x56", "128x28", "256x14", "512x7"})
  public String size;

  @Override
  Tensor[] arguments() {
    String[] parts = size.split("x");
    long channels = Long.parseLong(parts[0]);
    long height = Long.parseLong(parts[1]);
    return new Tensor[] {trained(8, channels, height, height), trained(channels, channels, 3, 3)};
  }

  @Override
  Tensor compute(Tensor... x) {
    return F.conv2d(x[0], x[1], null, 1, 1);
  }
}
