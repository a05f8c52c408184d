package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReprTest {
  @Test
  void layersPrintAsInPyTorch() {
    assertEquals(
        "Linear(in_features=10, out_features=20, bias=True)", new Linear(10, 20).toString());
    assertEquals(
        "Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)",
        new Conv2d(3, 64, 7, Conv2dOptions.of(2, 3).bias(false)).toString());
    assertEquals(
        "Conv2d(4, 6, kernel_size=(3, 3), stride=(1, 1), dilation=(2, 2), groups=2)",
        new Conv2d(4, 6, 3, Conv2dOptions.DEFAULT.dilation(2).groups(2)).toString());
    assertEquals(
        "ConvTranspose2d(4, 6, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1),"
            + " output_padding=(1, 1))",
        new ConvTranspose2d(4, 6, 3, Conv2dOptions.of(2, 1), 1).toString());
    assertEquals(
        "BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)",
        new BatchNorm2d(64).toString());
    assertEquals(
        "LayerNorm((20,), eps=1e-05, elementwise_affine=True)", new LayerNorm(20).toString());
    assertEquals("Embedding(10, 3)", new Embedding(10, 3).toString());
    assertEquals("Dropout(p=0.25, inplace=False)", new Dropout(0.25).toString());
    assertEquals("ReLU()", new ReLU().toString());
    assertEquals("GELU(approximate='none')", new GELU().toString());
    assertEquals("Flatten(start_dim=1, end_dim=-1)", new Flatten().toString());
    assertEquals(
        "MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)",
        new MaxPool2d(3, 2, 1).toString());
    assertEquals("AvgPool2d(kernel_size=2, stride=2, padding=0)", new AvgPool2d(2).toString());
    assertEquals(
        "AdaptiveConcatPool2d(\n"
            + "  (ap): AdaptiveAvgPool2d(output_size=1)\n"
            + "  (mp): AdaptiveMaxPool2d(output_size=1)\n"
            + ")",
        new AdaptiveConcatPool2d().toString());
    assertEquals("AdaptiveAvgPool2d(output_size=(2, 3))", new AdaptiveAvgPool2d(2, 3).toString());
  }

  @Test
  void numbersPrintAsInPython() {
    assertEquals("0.1", Repr.number(0.1));
    assertEquals("1e-05", Repr.number(1e-5));
    assertEquals("2.5e-07", Repr.number(2.5e-7));
    assertEquals("0.0005", Repr.number(5e-4));
    assertEquals("1.0", Repr.number(1));
    assertEquals("10000000.0", Repr.number(1e7));
    assertEquals("1e+16", Repr.number(1e16));
  }
}
