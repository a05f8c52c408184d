package org.onecycle.data;

import java.util.List;
import org.onecycle.loss.MSELossFlat;

/** Blocks for targets that are numbers or rows of them, learnt with the mean squared error. */
public final class RegressionBlock {
  private RegressionBlock() {}

  /** Any {@link Number}, and text that is one, as FLOAT; {@code float[]} as they are. */
  public static TransformBlock of() {
    return TransformBlock.of("RegressionBlock", () -> List.of(new ToNumber()))
        .withLoss(new MSELossFlat());
  }
}
