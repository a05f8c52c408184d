package org.onecycle.data;

import java.util.List;
import org.onecycle.loss.MSELossFlat;

/** Blocks for targets that are numbers or rows of them, learnt with the mean squared error. */
public final class RegressionBlock {
  private RegressionBlock() {}

  /** Any {@link Number}, and text that is one, as FLOAT; {@code float[]} as they are. */
  public static TransformBlock of() {
    return TransformBlock.of(
            "RegressionBlock",
            () ->
                List.of(
                    Transform.of(String.class, Double.class, RegressionBlock::number),
                    Transform.of(Number.class, Float.class, Number::floatValue)))
        .withLoss(new MSELossFlat());
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, got '" + text + "'", e);
    }
  }
}
