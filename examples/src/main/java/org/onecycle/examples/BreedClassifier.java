package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;
import static org.onecycle.vision.learner.Vision.createBody;
import static org.onecycle.vision.learner.Vision.createHead;

import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splits;
import org.onecycle.learner.Learner;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.learner.HeadOptions;

/**
 * Teaches a new network to name the breeds of the training photos, so that there is something to
 * transfer: from pairs alone it would take many more epochs to learn to see.
 */
final class BreedClassifier {
  private static final double LR = 3e-3;

  private BreedClassifier() {}

  static void train(SiameseSetup setup, List<Path> files, Splits splits) {
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    splits,
                    List.of(Column.of(new OpenImage()), Column.of(Photos.LABEL, new Categorize()))))
            .bs(setup.bs())
            .itemTfms(setup.itemTfms())
            .batchTfms(Normalize.imagenet())
            .seed(setup.seed())
            .build();
    Module head =
        createHead(
            setup.channels(), dls.vocab().size(), HeadOptions.DEFAULT, Rng.of(setup.seed(), 3));
    Learner.of(dls, new Sequential(createBody(setup.resnet(), -2), head))
        .metrics(accuracy())
        .seed(setup.seed())
        .build()
        .fitOneCycle(setup.epochs(), LR);
  }
}
