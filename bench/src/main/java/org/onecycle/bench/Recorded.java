package org.onecycle.bench;

/**
 * What fastai 2.7.18 on PyTorch 1.13.1 reached with two threads on a machine of the kind we develop
 * on, in another run: figures for orientation, where fastai itself is not installed.
 */
final class Recorded {
  private Recorded() {}

  /** Returns the figures, or null where plain PyTorch says as much. */
  static String of(Row row) {
    return switch (row) {
      case AWD_LM_TRAIN -> "fastai 477 to 558 tokens/s, 1442 MB";
      case TABULAR_TRAIN -> "fastai's Learner 6 ms a step, 11,000 rows/s";
      case TEXT_CLASSIFIER_TRAIN -> "fastai 1.4 docs/s, 1863 MB";
      case IMAGE_PIPELINE -> "fastai 137 to 198 img/s";
      case IMAGE_PRESIZE -> "fastai 43 to 49 img/s";
      case UNET34_TRAIN -> "fastai 1.9 to 2.3 img/s, 1578 MB";
      case SIAMESE_FROZEN -> "fastai 5.9 to 6.0 pairs/s, 1108 MB";
      default -> null;
    };
  }
}
