package org.onecycle.vision.models;

/**
 * The variants of a {@link ResNet}.
 *
 * @param numClasses the size of the output
 * @param strideIn1x1 whether the stride of a bottleneck is in its first 1x1 convolution, as in the
 *     paper and in Keras, instead of in the 3x3 one, as in torchvision
 */
public record ResNetOptions(int numClasses, boolean strideIn1x1) {
  /** torchvision's: 1000 classes, the stride in the 3x3 convolution. */
  public static final ResNetOptions DEFAULT = new ResNetOptions(1000, false);

  /** Returns these options with another number of classes. */
  public ResNetOptions numClasses(int classes) {
    return new ResNetOptions(classes, strideIn1x1);
  }

  /** Returns these options with the stride in the first 1x1 convolution or in the 3x3 one. */
  public ResNetOptions strideIn1x1(boolean first) {
    return new ResNetOptions(numClasses, first);
  }
}
