package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Module;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;

/** A model of one's own and a pair as item: the export says what the learner says. */
class SiameseExportTest {
  private static final int SIZE = 32;

  @TempDir private Path folder;

  @Test
  @DisplayName("the Siamese model comes back by the name of its factory and compares pairs exactly")
  void pairs() {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String breed = InventedBreeds.names().get(i % 3);
      Path file = folder.resolve(breed + "_" + i + ".jpg");
      InventedBreeds.generate(i % 3, i, 40).save(file);
      files.add(file);
    }
    Splits splits = Splitters.random(.5, 3).split(files);
    SiameseTransform pairs = new SiameseTransform(files, Photos.LABEL, splits, 3);
    DataLoaders dls =
        DataLoaders.builder(Datasets.of(files, splits, List.of(Column.of(pairs)), 2))
            .bs(4)
            .workers(0)
            .itemTfms(new Resize(SIZE))
            .batchTfms(Normalize.imagenet())
            .build();
    ResNet network = Arch.RESNET18.model(new Rng(1));
    Learner learn =
        Learner.of(dls, SiameseModel.of(network, 512))
            .lossFunc(new CrossEntropyLossFlat())
            .exportAs(SiameseExports.spec(network, 512))
            .progress(ProgressOutput.none())
            .build();
    learn.fit(1, 1e-3);
    Path file = folder.resolve("siamese.safetensors");
    String own =
        assertThrows(IllegalArgumentException.class, () -> learn.export(file)).getMessage();
    assertTrue(own.contains("SiameseTransform cannot be exported"), own);
    learn.export(file, SiameseExports.reader(SIZE));
    Predictor predictor = Predictor.load(file);
    Module model = assertInstanceOf(SiameseModel.class, predictor.model());
    assertEquals(learn.model().toString(), model.toString());
    for (int i : splits.valid()) {
      Prediction expected = learn.predict(files.get(i));
      SiameseTransform.Pair pair = pairs.draw(files.get(i), Split.VALID, new Rng(0));
      Prediction got = predictor.predict(Sample.of(pair.first(), pair.second()));
      assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
      assertEquals(expected.target().item() == 1 ? "same" : "different", got.decoded());
    }
    String one =
        assertThrows(RuntimeException.class, () -> predictor.predict(files.get(0))).getMessage();
    assertTrue(one.contains("an item expects 2 inputs, got 1"), one);
  }
}
