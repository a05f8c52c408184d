package org.onecycle.nn;

import org.onecycle.backend.Conv2dSpec;

/**
 * How a convolution moves, whether it adds a bias, and how its weight starts; each method returns
 * changed options.
 *
 * <pre>{@code
 * new Conv2d(3, 64, 7, Conv2dOptions.of(2, 3).bias(false))
 * }</pre>
 *
 * @param spec stride, padding with zeros, dilation and groups
 * @param bias whether a bias is added
 * @param init the rule for the weight's first values
 */
public record Conv2dOptions(Conv2dSpec spec, boolean bias, Initializer init) {
  /** Stride 1, no padding, with bias: PyTorch's defaults. */
  public static final Conv2dOptions DEFAULT =
      new Conv2dOptions(Conv2dSpec.unit(), true, Init.standard());

  /** Returns the defaults with this stride and padding. */
  public static Conv2dOptions of(int stride, int padding) {
    return DEFAULT.with(Conv2dSpec.of(stride, padding));
  }

  /** Returns these options with another stride, padding, dilation and groups. */
  public Conv2dOptions with(Conv2dSpec other) {
    return new Conv2dOptions(other, bias, init);
  }

  /** Returns these options with another dilation. */
  public Conv2dOptions dilation(int dilation) {
    return with(spec.withDilation(dilation));
  }

  /** Returns these options with another number of groups. */
  public Conv2dOptions groups(int groups) {
    return with(spec.withGroups(groups));
  }

  /** Returns these options with or without a bias. */
  public Conv2dOptions bias(boolean wanted) {
    return new Conv2dOptions(spec, wanted, init);
  }

  /** Returns these options with another rule for the weight. */
  public Conv2dOptions init(Initializer rule) {
    return new Conv2dOptions(spec, bias, rule);
  }
}
