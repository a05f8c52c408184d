package org.onecycle.nn;

import java.util.function.Supplier;

/**
 * The settings of a {@link ConvLayer}; each method returns changed settings.
 *
 * @param stride how far the window moves
 * @param padding zeros around the picture; null for {@code (kernel - 1) / 2}, or 0 when transposed
 * @param groups how many groups of channels do not see each other
 * @param bias whether a bias is added; null for only where no batch norm follows
 * @param norm what keeps the scale
 * @param bnFirst whether batch norm comes before the activation
 * @param act makes the activation, null for none
 * @param transpose whether the convolution is transposed, and so enlarges
 * @param biasStd the deviation of the bias' first values
 */
public record ConvLayerOptions(
    int stride,
    Integer padding,
    int groups,
    Boolean bias,
    NormType norm,
    boolean bnFirst,
    Supplier<? extends Module> act,
    boolean transpose,
    double biasStd) {
  private static final double BIAS_STD = 0.01;

  /** fastai's: stride 1, batch norm, then ReLU. */
  public static final ConvLayerOptions DEFAULT =
      new ConvLayerOptions(1, null, 1, null, NormType.BATCH, true, ReLU::new, false, BIAS_STD);

  /** Returns the defaults with this norm. */
  public static ConvLayerOptions norm(NormType norm) {
    return DEFAULT.withNorm(norm);
  }

  /** Returns these settings with another stride. */
  public ConvLayerOptions withStride(int value) {
    return new ConvLayerOptions(
        value, padding, groups, bias, norm, bnFirst, act, transpose, biasStd);
  }

  /** Returns these settings with this padding. */
  public ConvLayerOptions withPadding(int value) {
    return new ConvLayerOptions(
        stride, value, groups, bias, norm, bnFirst, act, transpose, biasStd);
  }

  /** Returns these settings with another number of groups. */
  public ConvLayerOptions withGroups(int value) {
    return new ConvLayerOptions(
        stride, padding, value, bias, norm, bnFirst, act, transpose, biasStd);
  }

  /** Returns these settings with or without a bias. */
  public ConvLayerOptions withBias(boolean value) {
    return new ConvLayerOptions(
        stride, padding, groups, value, norm, bnFirst, act, transpose, biasStd);
  }

  /** Returns these settings with another norm. */
  public ConvLayerOptions withNorm(NormType value) {
    return new ConvLayerOptions(
        stride, padding, groups, bias, value, bnFirst, act, transpose, biasStd);
  }

  /** Returns these settings with batch norm before or after the activation. */
  public ConvLayerOptions withBnFirst(boolean value) {
    return new ConvLayerOptions(
        stride, padding, groups, bias, norm, value, act, transpose, biasStd);
  }

  /** Returns these settings with another activation, null for none. */
  public ConvLayerOptions withAct(Supplier<? extends Module> value) {
    return new ConvLayerOptions(
        stride, padding, groups, bias, norm, bnFirst, value, transpose, biasStd);
  }

  /** Returns these settings with a plain or a transposed convolution. */
  public ConvLayerOptions withTranspose(boolean value) {
    return new ConvLayerOptions(stride, padding, groups, bias, norm, bnFirst, act, value, biasStd);
  }

  /** Returns these settings with another deviation of the bias' first values. */
  public ConvLayerOptions withBiasStd(double value) {
    return new ConvLayerOptions(
        stride, padding, groups, bias, norm, bnFirst, act, transpose, value);
  }

  int paddingFor(int kernel) {
    return padding != null ? padding : transpose ? 0 : (kernel - 1) / 2;
  }

  boolean hasBias() {
    return bias != null ? bias : !norm.isBatch();
  }
}
