package org.onecycle.vision.learner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.io.Spec;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.DynamicUnet;
import org.onecycle.vision.models.UnetOptions;

/** Options of a {@link UnetLearner}. */
public final class UnetLearnerBuilder extends ImageLearnerBuilder<DynamicUnet, UnetLearnerBuilder> {
  private UnetOptions unet = UnetOptions.DEFAULT;
  private long[] shape;

  UnetLearnerBuilder(DataLoaders dls, Arch arch) {
    super(dls, arch);
  }

  /** The settings of the U-Net. */
  public UnetLearnerBuilder unet(UnetOptions value) {
    this.unet = value;
    return this;
  }

  @Override
  UnetLearnerBuilder self() {
    return this;
  }

  /** The pictures' shape, from the data. */
  private long[] shape() {
    if (shape == null) {
      try (Scope s = Scope.open()) {
        shape = dls().oneBatch().input(0).shape();
      }
      if (shape.length != 4) {
        throw new IllegalArgumentException(
            "UnetLearner expects pictures [N, C, H, W], got " + Arrays.toString(shape));
      }
    }
    return shape;
  }

  @Override
  DynamicUnet model(Sequential body, int outputs, Rng rng) {
    return DynamicUnet.of(body, outputs, (int) shape()[2], (int) shape()[3], unet, rng);
  }

  @Override
  Spec spec(ObjectNode body, int outputs) {
    return LearnerExports.unet(body, outputs, (int) shape()[2], (int) shape()[3], unet);
  }

  @Override
  Sequential chain(DynamicUnet model) {
    return model.bodyAndDecoder();
  }

  @Override
  int channels() {
    return (int) shape()[1];
  }

  @Override
  Loss lossForLabels() {
    return new CrossEntropyLossFlat(1);
  }
}
