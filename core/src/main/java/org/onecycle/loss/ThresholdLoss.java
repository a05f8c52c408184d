package org.onecycle.loss;

import org.onecycle.backend.Binary;
import org.onecycle.io.Exportable;
import org.onecycle.tensor.Tensor;

/** A loss of probabilities; decoding says whether they exceed a threshold. */
abstract sealed class ThresholdLoss implements Loss, Exportable
    permits BCELossFlat, BCEWithLogitsLossFlat {
  static final double HALF = 0.5;

  private final double thresh;

  ThresholdLoss(double thresh) {
    this.thresh = thresh;
  }

  final double thresh() {
    return thresh;
  }

  @Override
  public final Tensor decodes(Tensor activated) {
    return activated.compare(Binary.GT, thresh);
  }
}
