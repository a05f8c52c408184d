package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.metric.Metrics.accuracy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splitters;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Predictions;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.augment.AugTransforms;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.Arch;

/** A network goes on with larger pictures, then predicts from several looks: chapter 7. */
class ProgressiveResizingTest {
  private static final int BREEDS = 3;

  @TempDir Path folder;

  private DataLoaders pictures(List<Path> files, int size) {
    return DataLoaders.builder(
            Datasets.of(
                files,
                Splitters.random(.25, 3).split(files),
                List.of(Column.of(new OpenImage()), Column.of(Photos.LABEL, new Categorize()))))
        .bs(16)
        .itemTfms(new Resize(size))
        .batchTfms(AugTransforms.augTransforms(size))
        .seed(1)
        .build();
  }

  private static Learner learner(DataLoaders dls, Sequential model) {
    return Learner.of(dls, model).metrics(accuracy()).seed(1).build();
  }

  private static double accuracyOf(Predictions p) {
    long[] said = p.preds().argmax(1).toLongs();
    long[] truth = p.targets().get(0).toLongs();
    int right = 0;
    for (int i = 0; i < said.length; i++) {
      right += said[i] == truth[i] ? 1 : 0;
    }
    return (double) right / said.length;
  }

  @Test
  @DisplayName("E2E-08 small pictures first, then larger ones, then several looks at each")
  void learnsAndLooksAgain() {
    List<Path> files =
        InventedBreeds.write(folder, 60, 1).stream()
            .filter(f -> InventedBreeds.names().indexOf(Photos.LABEL.apply(f)) < BREEDS)
            .toList();
    Rng rng = new Rng(1);
    Sequential model =
        new Sequential(
            Vision.createBody(Arch.RESNET18.model(rng), -2), Vision.createHead(512, BREEDS));
    List<EpochRecord> small = learner(pictures(files, 32), model).fitOneCycle(6, 3e-3);
    Learner learn = learner(pictures(files, 48), model);
    List<EpochRecord> larger = learn.fitOneCycle(5, 2e-3);

    assertTrue(
        larger.get(0).trainLoss() < small.get(0).trainLoss(), "what was learnt has to carry over");
    double plain = accuracyOf(learn.getPreds());
    double looks = accuracyOf(learn.tta());
    assertEquals(larger.get(4).metrics().get("accuracy"), plain, 1e-6);
    assertTrue(plain > .6, "accuracy " + plain);
    assertTrue(looks > plain - .12, "accuracy " + looks + " of several looks, " + plain);
  }
}
