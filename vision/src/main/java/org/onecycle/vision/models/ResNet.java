package org.onecycle.vision.models;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.ConvNormAct;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Linear;
import org.onecycle.nn.MaxPool2d;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Tensor;

/**
 * A residual network for pictures {@code [N, 3, H, W]}, giving logits {@code [N, classes]}; with
 * torchvision's names, structure and first values. He et al. 2015, arXiv 1512.03385.
 *
 * <p>{@link Arch} has the usual sizes.
 */
public final class ResNet extends Layer implements Exportable {
  private static final int STEM = 64;
  private static final int STAGES = 4;

  private final String arch;
  private final ResNetOptions options;
  private final Module conv1;
  private final Module bn1;
  private final Module relu;
  private final Module maxpool;
  private final List<Module> layers = new ArrayList<>();
  private final Module avgpool;
  private final Module fc;

  /**
   * Makes a network.
   *
   * @param arch its name
   * @param bottleneck whether blocks are bottlenecks of three convolutions
   * @param blocks the numbers of blocks in the four stages
   */
  ResNet(String arch, boolean bottleneck, int[] blocks, ResNetOptions options) {
    this.arch = arch;
    this.options = options;
    conv1 = add("conv1", Convs.conv(3, STEM, 7, 2));
    bn1 = add("bn1", new BatchNorm2d(STEM));
    relu = add("relu", new ReLU(true));
    maxpool = add("maxpool", new MaxPool2d(3, 2, 1));
    int in = STEM;
    for (int stage = 0; stage < STAGES; stage++) {
      int planes = STEM << stage;
      List<Module> all = new ArrayList<>();
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        if (bottleneck) {
          all.add(new Bottleneck(in, planes, stride, options.strideIn1x1()));
          in = planes * Bottleneck.EXPANSION;
        } else {
          all.add(new BasicBlock(in, planes, stride));
          in = planes;
        }
      }
      layers.add(add("layer" + (stage + 1), new Sequential(all)));
    }
    avgpool = add("avgpool", new AdaptiveAvgPool2d(1));
    fc = add("fc", new Linear(in, options.numClasses()));
  }

  @Override
  public Spec spec() {
    return new Spec(
        ModelExports.RESNET,
        Spec.object()
            .put("arch", arch)
            .put("num_classes", options.numClasses())
            .put("stride_in_1x1", options.strideIn1x1()));
  }

  @Override
  protected Tensor compute(Tensor x) {
    Tensor y = onlyResult(() -> maxpool.call(ConvNormAct.call(x, conv1, bn1, relu)));
    for (Module layer : layers) {
      y = layer.call(y);
    }
    return fc.call(avgpool.call(y).flatten(1));
  }
}
