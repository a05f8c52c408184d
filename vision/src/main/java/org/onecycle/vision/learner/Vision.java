package org.onecycle.vision.learner;

import java.util.function.Function;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;

/**
 * Models for pictures, cut into bodies and heads.
 *
 * <pre>{@code
 * import static org.onecycle.vision.learner.Vision.*;
 *
 * Sequential encoder = createBody(resnet34(rng), -2);
 * Sequential head = createHead(512 * 2, 2, HeadOptions.ps(0.5));
 * SiameseModel model = new SiameseModel(encoder, head);
 * }</pre>
 */
public final class Vision {
  private Vision() {}

  /** Makes a ResNet-18 for 1000 classes. */
  public static ResNet resnet18(Rng rng) {
    return Arch.RESNET18.model(rng);
  }

  /** Makes a ResNet-34 for 1000 classes. */
  public static ResNet resnet34(Rng rng) {
    return Arch.RESNET34.model(rng);
  }

  /** Makes a ResNet-50 for 1000 classes. */
  public static ResNet resnet50(Rng rng) {
    return Arch.RESNET50.model(rng);
  }

  /** Makes a ResNet-101 for 1000 classes. */
  public static ResNet resnet101(Rng rng) {
    return Arch.RESNET101.model(rng);
  }

  /** Makes a ResNet-152 for 1000 classes. */
  public static ResNet resnet152(Rng rng) {
    return Arch.RESNET152.model(rng);
  }

  /**
   * Returns the children of a model before the last one with a pooling layer, shared, as a chain.
   *
   * @throws IllegalArgumentException if there is no pooling layer
   */
  public static Sequential createBody(Module model) {
    return Body.cut(model, null);
  }

  /**
   * Returns the first children of a model, shared, as a chain.
   *
   * @param cut how many; a negative number counts from the end
   */
  public static Sequential createBody(Module model, int cut) {
    return Body.cut(model, cut);
  }

  /** Returns what the function makes of the model. */
  public static Module createBody(Module model, Function<Module, Module> cut) {
    return cut.apply(model);
  }

  /**
   * Gives a model's first convolution another number of channels, then returns its body.
   *
   * @param cut how many children; negative counts from the end, null cuts at the last pooling
   * @param nIn the channels of the pictures: for 1 the weights are summed, for 2 the first two are
   *     taken one and a half times, beyond 3 zeros are added
   * @param pretrained whether weights are kept at all, or drawn anew
   * @throws IllegalArgumentException if the first layer is not a convolution of 3 channels
   */
  public static Sequential createBody(Module model, Integer cut, int nIn, boolean pretrained) {
    Body.fitChannels(model, nIn, pretrained);
    return Body.cut(model, cut);
  }

  /**
   * Returns a head with fastai's defaults: {@code nf} channels of a body to {@code nOut} numbers.
   */
  public static Sequential createHead(int nf, int nOut) {
    return createHead(nf, nOut, HeadOptions.DEFAULT);
  }

  /**
   * Returns a head: pooling, then linear layers with batch norm and dropout, from {@code [N, nf, H,
   * W]} to {@code [N, nOut]}.
   *
   * <p>{@code nf} is the number of channels of the body; where pooling takes maximum and mean, the
   * first linear layer gets twice as many. (fastai before 2.2.3 wanted the doubled number.) First
   * values come from {@link Init#rng()}.
   */
  public static Sequential createHead(int nf, int nOut, HeadOptions options) {
    return Head.create(nf, nOut, options);
  }

  /** Returns a head with first values from this generator. */
  public static Sequential createHead(int nf, int nOut, HeadOptions options, Rng rng) {
    return Init.with(rng, () -> Head.create(nf, nOut, options));
  }

  /** Draws a new head's weights as fastai's {@code apply_init}: kaiming normal, biases 0. */
  public static Module applyInit(Module head, Rng rng) {
    Init.applyInit(head, rng);
    return head;
  }
}
