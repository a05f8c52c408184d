package org.onecycle.vision.data;

import java.util.List;
import org.onecycle.data.TransformBlock;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.vision.image.OpenMask;

/** Blocks for masks read from files, learnt with cross entropy over the pixels. */
public final class MaskBlock {
  private MaskBlock() {}

  /** Masks of these classes, named in the order of their numbers. */
  public static TransformBlock of(List<String> codes) {
    OpenMask open = new OpenMask(codes);
    return TransformBlock.of("MaskBlock", () -> List.of(open))
        .withLoss(new CrossEntropyLossFlat(1));
  }
}
