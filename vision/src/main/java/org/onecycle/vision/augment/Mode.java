package org.onecycle.vision.augment;

/** How a value between pixels is made. */
public enum Mode {
  /** From the four pixels around. */
  BILINEAR,
  /** The value of the nearest pixel. */
  NEAREST
}
