package org.onecycle.vision.learner;

import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.metric.Metric;
import org.onecycle.vision.models.Arch;

/**
 * Learners that give each pixel a class: a {@link org.onecycle.vision.models.DynamicUnet} on a
 * pretrained body (fastai's {@code unet_learner}).
 *
 * <pre>{@code
 * Learner learn = UnetLearner.create(dls, Arch.RESNET34, foregroundAcc(codes.indexOf("Void")));
 * learn.fineTune(8);
 * }</pre>
 *
 * <p>The body is frozen, pictures are normalised as it expects, and the parameters are in the
 * architecture's groups. The U-Net is built for the size of the data's pictures.
 */
public final class UnetLearner {
  private UnetLearner() {}

  /**
   * Makes a learner with fastai's defaults, on torchvision's weights.
   *
   * @throws org.onecycle.io.DownloadException if the weights are not in the cache and cannot be had
   */
  public static Learner create(DataLoaders dls, Arch arch, Metric... metrics) {
    return of(dls, arch).metrics(metrics).build();
  }

  /** Returns the options of a learner. */
  public static UnetLearnerBuilder of(DataLoaders dls, Arch arch) {
    return new UnetLearnerBuilder(dls, arch);
  }
}
