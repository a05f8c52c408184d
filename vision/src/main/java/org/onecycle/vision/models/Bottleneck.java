package org.onecycle.vision.models;

import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.ConvNormAct;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.tensor.Tensor;

/** A 1x1, a 3x3 and a 1x1 convolution and a way past them, as in ResNet-50 and larger. */
final class Bottleneck extends Layer {
  static final int EXPANSION = 4;

  private final Module conv1;
  private final Module bn1;
  private final Module conv2;
  private final Module bn2;
  private final Module conv3;
  private final Module bn3;
  private final Module relu;
  private final Module downsample;

  Bottleneck(int in, int planes, int stride, boolean strideIn1x1) {
    int out = planes * EXPANSION;
    conv1 = add("conv1", Convs.conv(in, planes, 1, strideIn1x1 ? stride : 1));
    bn1 = add("bn1", new BatchNorm2d(planes));
    conv2 = add("conv2", Convs.conv(planes, planes, 3, strideIn1x1 ? 1 : stride));
    bn2 = add("bn2", new BatchNorm2d(planes));
    conv3 = add("conv3", Convs.conv(planes, out, 1, 1));
    bn3 = add("bn3", new BatchNorm2d(out));
    relu = add("relu", new ReLU(true));
    Module past = Convs.downsample(in, out, stride);
    downsample = past == null ? null : add("downsample", past);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return onlyResult(() -> block(x));
  }

  private Tensor block(Tensor x) {
    Tensor y = ConvNormAct.call(x, conv1, bn1, relu);
    y = ConvNormAct.call(y, conv2, bn2, relu);
    return ConvNormAct.callSum(y, conv3, bn3, relu, downsample == null ? x : downsample.call(x));
  }
}
