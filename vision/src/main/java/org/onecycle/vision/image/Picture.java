package org.onecycle.vision.image;

import java.awt.image.BufferedImage;

/** Something that a person looks at: a photo, or a mask in colours. */
public interface Picture {
  /** Returns the picture as Java's own classes have it. */
  BufferedImage toBufferedImage();
}
