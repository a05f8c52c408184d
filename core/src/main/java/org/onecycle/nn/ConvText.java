package org.onecycle.nn;

import org.onecycle.backend.Conv2dSpec;

/** What convolutions say about themselves. */
final class ConvText {
  private ConvText() {}

  static void checkGroups(String kind, int in, int out, int groups) {
    if (in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          "%s expects channels divisible by %d groups, got %d in and %d out"
              .formatted(kind, groups, in, out));
    }
  }

  static String of(
      int in, int out, long[] weight, Conv2dSpec spec, int outputPadding, boolean bias) {
    StringBuilder s = new StringBuilder();
    s.append(in).append(", ").append(out).append(", kernel_size=");
    s.append(Repr.pair((int) weight[2], (int) weight[3]));
    s.append(", stride=").append(Repr.pair(spec.strideH(), spec.strideW()));
    if (spec.padH() != 0 || spec.padW() != 0) {
      s.append(", padding=").append(Repr.pair(spec.padH(), spec.padW()));
    }
    if (spec.dilationH() != 1 || spec.dilationW() != 1) {
      s.append(", dilation=").append(Repr.pair(spec.dilationH(), spec.dilationW()));
    }
    if (outputPadding != 0) {
      s.append(", output_padding=").append(Repr.pair(outputPadding, outputPadding));
    }
    if (spec.groups() != 1) {
      s.append(", groups=").append(spec.groups());
    }
    return s.append(bias ? "" : ", bias=False").toString();
  }
}
