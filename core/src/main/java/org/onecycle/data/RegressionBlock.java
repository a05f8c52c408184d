package org.onecycle.data;

import java.util.List;
import org.onecycle.loss.MSELossFlat;

/** Blocks for targets that are numbers or rows of them, learnt with the mean squared error. */
public final class RegressionBlock {
  private RegressionBlock() {}

  /** Any {@link Number} as FLOAT, and {@code float[]} as they are. */
  public static TransformBlock of() {
    return TransformBlock.of(
            "RegressionBlock",
            () -> List.of(Transform.of(Number.class, Float.class, Number::floatValue)))
        .withLoss(new MSELossFlat());
  }
}
