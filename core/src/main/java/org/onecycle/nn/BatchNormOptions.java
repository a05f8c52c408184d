package org.onecycle.nn;

/**
 * The settings of batch normalisation; each method returns changed settings.
 *
 * @param eps what is added to the variance
 * @param momentum the part of each batch's statistics in the running ones
 * @param affine whether there are a weight and a bias
 * @param weight the weight's first value
 * @param bias the bias' first value
 */
public record BatchNormOptions(
    double eps, double momentum, boolean affine, double weight, double bias) {
  /** PyTorch's: eps 1e-5, momentum 0.1, weight 1, bias 0. */
  public static final BatchNormOptions DEFAULT = new BatchNormOptions(1e-5, 0.1, true, 1, 0);

  /** fastai's {@code BatchNorm}: as PyTorch's, but the bias starts at 1e-3. */
  public static final BatchNormOptions FASTAI = new BatchNormOptions(1e-5, 0.1, true, 1, 1e-3);

  /** fastai's {@code BatchZero}, which starts a residual branch at nothing: weight 0, bias 1e-3. */
  public static final BatchNormOptions ZERO = new BatchNormOptions(1e-5, 0.1, true, 0, 1e-3);

  /** Returns these settings with another eps. */
  public BatchNormOptions eps(double other) {
    return new BatchNormOptions(other, momentum, affine, weight, bias);
  }

  /** Returns these settings with another momentum. */
  public BatchNormOptions momentum(double other) {
    return new BatchNormOptions(eps, other, affine, weight, bias);
  }

  /** Returns these settings with or without weight and bias. */
  public BatchNormOptions affine(boolean wanted) {
    return new BatchNormOptions(eps, momentum, wanted, weight, bias);
  }
}
