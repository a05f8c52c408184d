package org.onecycle.metric;

import java.util.Arrays;
import org.onecycle.tensor.Tensor;

/** Predictions and targets compared element by element, whatever their shapes. */
final class Flat {
  private Flat() {}

  static void check(int predictions, int targets, Tensor pred, Tensor target) {
    if (predictions != targets || predictions == 0) {
      throw new IllegalArgumentException(
          "A metric expects as many predictions as targets, got "
              + predictions
              + " of shape "
              + Arrays.toString(pred.shape())
              + " for "
              + targets
              + " of shape "
              + Arrays.toString(target.shape()));
    }
  }
}
