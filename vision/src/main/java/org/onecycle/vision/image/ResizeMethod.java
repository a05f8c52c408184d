package org.onecycle.vision.image;

/** How {@link Resize} brings a picture of any proportions to the wanted ones. */
public enum ResizeMethod {
  /** Scales each side by itself; proportions change. */
  SQUISH,
  /** Makes the picture fit inside, and fills the rest as {@link PadMode} says. */
  PAD,
  /** Makes the picture cover the whole, and cuts off what stands out. */
  CROP
}
