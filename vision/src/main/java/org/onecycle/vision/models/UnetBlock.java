package org.onecycle.vision.models;

import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.BatchNormOptions;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.ConvLayerOptions;
import org.onecycle.nn.ConvNormAct;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.nn.PixelShuffleICNR;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.ResizeToOrig;
import org.onecycle.nn.SelfAttention;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** Enlarges {@code [N, upIn, H, W]} and joins it with a skip of the encoder in two convolutions. */
final class UnetBlock extends Module {
  /**
   * The channels of a block.
   *
   * @param upIn that come from below
   * @param xIn of the skip
   * @param out that it gives
   */
  record Plan(int upIn, int xIn, int out) {
    int shufOut() {
      return upIn / 2;
    }

    /** Channels that the first convolution takes. */
    int joined() {
      return shufOut() + xIn;
    }

    static Plan of(int upIn, int xIn, boolean last) {
      int ni = upIn / 2 + xIn;
      return new Plan(upIn, xIn, last ? ni / 2 : ni);
    }
  }

  private final Module shuf;
  private final Module bn;
  private final Module conv1;
  private final Module conv2;
  private final Module relu;
  private final boolean upIsPositive;

  UnetBlock(Plan plan, boolean blur, boolean selfAttention, UnetOptions o) {
    ConvLayerOptions conv = ConvLayerOptions.norm(o.norm()).withAct(o.act());
    shuf = add("shuf", new PixelShuffleICNR(plan.upIn(), plan.shufOut(), blur, o.norm(), o.act()));
    bn = add("bn", new BatchNorm2d(plan.xIn(), BatchNormOptions.FASTAI));
    conv1 = add("conv1", new ConvLayer(plan.joined(), plan.out(), conv));
    Module[] extra = selfAttention ? new Module[] {new SelfAttention(plan.out())} : new Module[0];
    conv2 = add("conv2", new ConvLayer(plan.out(), plan.out(), 3, conv, extra));
    relu = add("relu", o.act().get());
    upIsPositive = conv.bnFirst() || !conv.norm().isBatch();
    Init.applyInit(new Sequential(conv1, conv2), Init.rng());
  }

  /** Joins what comes from below with the skip, whose size the result has. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 2) {
      throw new IllegalArgumentException(
          "UnetBlock expects a tensor and a skip, got " + inputs.length);
    }
    return onlyResult(
        () -> {
          Tensor up = ResizeToOrig.resize(shuf.call(inputs[0]), inputs[1]);
          return conv2.call(conv1.call(joined(up, inputs[1])));
        });
  }

  /** Returns {@code relu(cat(up, bn(skip)))}. */
  private Tensor joined(Tensor up, Tensor skip) {
    if (!(relu instanceof ReLU) || relu.hasHooks()) {
      return relu.call(Tensor.cat(1, up, bn.call(skip)));
    }
    // ReLU of each part is the same, and the norm takes it along; what it has made stays as it is.
    Tensor positive = upIsPositive ? up : relu.call(up);
    boolean watched =
        bn.hasHooks() || shuf.namedModules().values().stream().anyMatch(Module::hasHooks);
    Tensor normed = ConvNormAct.normAct(skip, bn, relu);
    return watched ? Tensor.cat(1, positive, normed) : F.join(1, positive, normed);
  }
}
