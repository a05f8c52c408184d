package org.onecycle.vision.data;

import java.util.List;
import org.onecycle.data.TransformBlock;
import org.onecycle.vision.image.OpenImage;

/** Blocks for pictures read from files. */
public final class ImageBlock {
  private ImageBlock() {}

  /** Pictures at their full size. */
  public static TransformBlock of() {
    return TransformBlock.of("ImageBlock", () -> List.of(new OpenImage()));
  }
}
