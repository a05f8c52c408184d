package org.onecycle.memory;

import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Split;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ModelMeta;

/** A ResNet with a head on random pictures: for what training holds, not for what it learns. */
final class SmallTraining {
  private static final int CLASSES = 10;

  private SmallTraining() {}

  /** A learner whose epoch has so many steps. */
  static Learner learner(Arch arch, int size, int bs, int steps, Callback... cbs) {
    Sequential body = Vision.createBody(arch.model(Rng.of(1)), -2);
    Sequential head =
        Vision.createHead(arch.numFeatures(), CLASSES, HeadOptions.DEFAULT, Rng.of(2));
    DataLoaders dls =
        DataLoaders.of(loader(Split.TRAIN, size, bs, steps), loader(Split.VALID, size, bs, 1));
    return Learner.of(dls, new Sequential(body, head))
        .lossFunc(new CrossEntropyLossFlat())
        .splitter(ModelMeta::resnetSplit)
        .progress(ProgressOutput.none())
        .cbs(cbs)
        .build();
  }

  private static DataLoader loader(Split split, int size, int bs, int steps) {
    Rng rng = Rng.of(steps);
    int rows = bs * steps;
    HostArray x = HostArray.of(new float[rows * 3 * size * size], rows, 3, size, size);
    for (int i = 0; i < x.floats().length; i++) {
      x.floats()[i] = (float) rng.nextGaussian();
    }
    HostArray y = HostArray.of(new long[rows], rows);
    for (int i = 0; i < rows; i++) {
      y.longs()[i] = rng.nextInt(CLASSES);
    }
    return new DataLoader(RowSource.of(split, bs, 1, x, y), LoaderOptions.defaults());
  }
}
