package org.onecycle.vision.models;

import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.ConvNormAct;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.tensor.Tensor;

/** Two 3x3 convolutions and a way past them, as in ResNet-18 and -34. */
final class BasicBlock extends Layer {
  private final Module conv1;
  private final Module bn1;
  private final Module relu;
  private final Module conv2;
  private final Module bn2;
  private final Module downsample;

  BasicBlock(int in, int planes, int stride) {
    conv1 = add("conv1", Convs.conv(in, planes, 3, stride));
    bn1 = add("bn1", new BatchNorm2d(planes));
    relu = add("relu", new ReLU(true));
    conv2 = add("conv2", Convs.conv(planes, planes, 3, 1));
    bn2 = add("bn2", new BatchNorm2d(planes));
    Module past = Convs.downsample(in, planes, stride);
    downsample = past == null ? null : add("downsample", past);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return onlyResult(() -> block(x));
  }

  private Tensor block(Tensor x) {
    Tensor y = ConvNormAct.call(x, conv1, bn1, relu);
    return ConvNormAct.callSum(y, conv2, bn2, relu, downsample == null ? x : downsample.call(x));
  }
}
