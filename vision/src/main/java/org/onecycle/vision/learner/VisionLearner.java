package org.onecycle.vision.learner;

import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.metric.Metric;
import org.onecycle.vision.models.Arch;

/**
 * Learners that name what a picture shows: a pretrained body and a new head (fastai's {@code
 * vision_learner}).
 *
 * <pre>{@code
 * Learner learn = VisionLearner.create(dls, Arch.RESNET34, errorRate());
 * learn.fineTune(3);
 * }</pre>
 *
 * <p>The body is frozen, pictures are normalised as it expects, and the parameters are in the
 * architecture's groups.
 */
public final class VisionLearner {
  private VisionLearner() {}

  /**
   * Makes a learner with fastai's defaults, on torchvision's weights.
   *
   * @throws org.onecycle.io.DownloadException if the weights are not in the cache and cannot be had
   */
  public static Learner create(DataLoaders dls, Arch arch, Metric... metrics) {
    return of(dls, arch).metrics(metrics).build();
  }

  /** Returns the options of a learner. */
  public static VisionLearnerBuilder of(DataLoaders dls, Arch arch) {
    return new VisionLearnerBuilder(dls, arch);
  }
}
