package org.onecycle.nn;

import org.onecycle.backend.Conv2dSpec;

/**
 * fastai's {@code ConvLayer}: a convolution, batch norm and an activation, as the children 0, 1 ..;
 * from {@code [N, ni, H, W]} to {@code [N, nf, H', W']}.
 *
 * <p>Before a ReLU the weight starts uniform within {@code sqrt(6 / fan_in)}, otherwise as in
 * PyTorch; the bias starts normal with deviation 0.01.
 */
public final class ConvLayer extends LayerChain {
  private static final int KERNEL = 3;

  /** Makes a layer of 3x3 windows with batch norm and ReLU. */
  public ConvLayer(int ni, int nf) {
    this(ni, nf, KERNEL, ConvLayerOptions.DEFAULT);
  }

  /** Makes a layer of 3x3 windows. */
  public ConvLayer(int ni, int nf, ConvLayerOptions options) {
    this(ni, nf, KERNEL, options);
  }

  /**
   * Makes a layer.
   *
   * @param extra modules that come last
   */
  public ConvLayer(int ni, int nf, int kernel, ConvLayerOptions options, Module... extra) {
    Module act = options.act() == null ? null : options.act().get();
    append(conv(ni, nf, kernel, options, act));
    Module norm =
        options.norm().isBatch()
            ? new BatchNorm2d(
                nf,
                options.norm() == NormType.BATCH ? BatchNormOptions.FASTAI : BatchNormOptions.ZERO)
            : null;
    append(options.bnFirst() ? norm : act);
    append(options.bnFirst() ? act : norm);
    for (Module m : extra) {
      append(m);
    }
  }

  /** Returns the convolution if there is nothing else in the layer, otherwise null. */
  Module only() {
    return size() == 1 ? get(0) : null;
  }

  private static Module conv(int ni, int nf, int kernel, ConvLayerOptions o, Module act) {
    Initializer rule = act instanceof ReLU ? Init.kaimingUniform(Init.Fan.IN, 0) : Init.standard();
    Conv2dSpec spec = Conv2dSpec.of(o.stride(), o.paddingFor(kernel)).withGroups(o.groups());
    Conv2dOptions options = new Conv2dOptions(spec, o.hasBias(), rule);
    if (o.transpose()) {
      if (o.norm() == NormType.WEIGHT || o.norm() == NormType.SPECTRAL) {
        throw new IllegalArgumentException(
            "A transposed ConvLayer expects no norm of its weight, got " + o.norm());
      }
      ConvTranspose2d conv = new ConvTranspose2d(ni, nf, kernel, options);
      initBias(conv.bias(), o.biasStd());
      return conv;
    }
    Conv2d conv = new Conv2d(ni, nf, kernel, options);
    initBias(conv.bias(), o.biasStd());
    return switch (o.norm()) {
      case WEIGHT -> new WeightNorm(conv);
      case SPECTRAL -> new SpectralNorm(conv);
      default -> conv;
    };
  }

  private static void initBias(Parameter bias, double std) {
    if (bias != null) {
      Init.normal(0, std).apply(bias, Init.rng());
    }
  }
}
