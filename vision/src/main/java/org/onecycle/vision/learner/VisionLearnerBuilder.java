package org.onecycle.vision.learner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onecycle.data.DataLoaders;
import org.onecycle.io.Spec;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.models.Arch;

/** Options of a {@link VisionLearner}. */
public final class VisionLearnerBuilder
    extends ImageLearnerBuilder<Sequential, VisionLearnerBuilder> {
  private static final int RGB = 3;

  private HeadOptions head = HeadOptions.DEFAULT;
  private int nIn = RGB;

  VisionLearnerBuilder(DataLoaders dls, Arch arch) {
    super(dls, arch);
  }

  /** The settings of the head. */
  public VisionLearnerBuilder head(HeadOptions value) {
    this.head = value;
    return this;
  }

  /** The channels of the pictures; {@value #RGB} by default. */
  public VisionLearnerBuilder nIn(int value) {
    this.nIn = value;
    return this;
  }

  @Override
  VisionLearnerBuilder self() {
    return this;
  }

  @Override
  Sequential model(Sequential body, int outputs, Rng rng) {
    Sequential top = Vision.createHead(arch().numFeatures(), outputs, head, rng);
    return new Sequential(body, Vision.applyInit(top, rng));
  }

  @Override
  Spec spec(ObjectNode body, int outputs) {
    return LearnerExports.classifier(body, arch().numFeatures(), outputs, head);
  }

  @Override
  Sequential chain(Sequential model) {
    return model;
  }

  @Override
  int channels() {
    return nIn;
  }

  @Override
  Loss lossForLabels() {
    return new CrossEntropyLossFlat();
  }
}
