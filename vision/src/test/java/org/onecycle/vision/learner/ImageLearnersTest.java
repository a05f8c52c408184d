package org.onecycle.vision.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Labellers;
import org.onecycle.data.Splitters;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Prediction;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.metric.Metrics;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.OpenMask;
import org.onecycle.vision.models.Arch;

class ImageLearnersTest {
  private static final int SIDE = 32;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  /** Bright squares (class 1) on dark noise. */
  @BeforeEach
  void draw() {
    Rng rng = new Rng(5);
    for (int n = 0; n < 20; n++) {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      byte[] codes = new byte[SIDE * SIDE];
      int left = rng.nextInt(16);
      int top = rng.nextInt(16);
      for (int i = 0; i < codes.length; i++) {
        boolean in = i % SIDE >= left && i % SIDE < left + 16 && i / SIDE >= top;
        codes[i] = (byte) (in && i / SIDE < top + 16 ? 1 : 0);
        for (int c = 0; c < 3; c++) {
          rgb[3 * i + c] = (byte) (codes[i] * 150 + rng.nextInt(80));
        }
      }
      Path file = folder.resolve((left < 8 ? "left_" : "right_") + n + ".png");
      Image.of(SIDE, SIDE, 3, rgb).save(file);
      Mask.of(SIDE, SIDE, codes).save(folder.resolve("masks/" + n + "_" + file.getFileName()));
      files.add(file);
    }
  }

  private DataLoaders labels() {
    Datasets<Path> data =
        Datasets.of(
            files,
            Splitters.<Path>random(1).split(files),
            List.of(
                Column.of(new OpenImage()),
                Column.of(
                    Labellers.fileName().andThen(Labellers.regexLabeller("^(.*)_")),
                    new Categorize())));
    return DataLoaders.builder(data).bs(8).workers(0).build();
  }

  private DataLoaders masks() {
    Datasets<Path> data =
        Datasets.of(
            files,
            Splitters.<Path>random(1).split(files),
            List.of(
                Column.of(new OpenImage()),
                Column.of(
                    p -> folder.resolve("masks/" + files.indexOf(p) + "_" + p.getFileName()),
                    new OpenMask(List.of("ground", "square")))));
    return DataLoaders.builder(data).bs(4).workers(0).build();
  }

  @Test
  @DisplayName("a vision learner: head of the data's labels, frozen body, normalised pictures")
  void visionLearner() {
    Learner learn =
        VisionLearner.of(labels(), Arch.RESNET18)
            .network(Arch.RESNET18.model(Rng.of(1)))
            .metrics(Metrics.errorRate())
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    Sequential model = (Sequential) learn.model();
    assertArrayEquals(new long[] {2, 512}, model.stateDict().get("1.8.weight").shape());
    long head = ModelInfo.totalParams(model.get(1));
    assertEquals(head + 9600, ModelInfo.trainableParams(model));
    assertEquals(3, learn.opt().groups().size());
    assertEquals(CrossEntropyLossFlat.class, learn.lossFunc().getClass());
    assertTrue(
        learn.dls().train().options().batchTfms().stream().anyMatch(t -> t instanceof Normalize));
    double mean = learn.dls().oneBatch().input(0).mean().item();
    assertTrue(mean < -.5, "dark pictures lie below ImageNet's mean, got " + mean);
    Prediction p = learn.predict(files.get(0));
    assertTrue(List.of("left", "right").contains(p.decoded()), "got " + p.decoded());
  }

  @Test
  @DisplayName("pictures of one class only, or masks of one, cannot be told apart: an error")
  void oneClass() {
    files.removeIf(f -> f.getFileName().toString().startsWith("right"));
    assertOneClass("[left]", () -> VisionLearner.of(labels(), Arch.RESNET18).pretrained(false));
    Datasets<Path> data =
        Datasets.of(
            files,
            Splitters.<Path>random(1).split(files),
            List.of(
                Column.of(new OpenImage()),
                Column.of(p -> folder.resolve("ground.png"), new OpenMask(List.of("ground")))));
    Mask.of(SIDE, SIDE, new byte[SIDE * SIDE]).save(folder.resolve("ground.png"));
    DataLoaders ground = DataLoaders.builder(data).bs(2).workers(0).build();
    assertOneClass("[ground]", () -> UnetLearner.of(ground, Arch.RESNET18).pretrained(false));
  }

  private static void assertOneClass(String which, Supplier<ImageLearnerBuilder<?, ?>> options) {
    assertEquals(
        "A learner on pictures expects at least two classes, got only " + which,
        assertThrows(IllegalArgumentException.class, () -> options.get().build()).getMessage());
  }

  @Test
  @DisplayName("weights by file; those of another architecture are an error")
  void weights() {
    Path file = folder.resolve("r18.safetensors");
    Map<String, Tensor> state = Arch.RESNET18.model(Rng.of(7)).stateDict();
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    state.forEach((n, t) -> stored.put(n, StoredTensor.of(n, t)));
    Weights.write(file, stored, Map.of());
    Learner learn =
        VisionLearner.of(labels(), Arch.RESNET18).weights(file).head(HeadOptions.ps(.1)).build();
    assertArrayEquals(
        state.get("layer4.1.conv2.weight").toFloats(),
        learn.model().stateDict().get("0.7.1.conv2.weight").toFloats());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> VisionLearner.of(labels(), Arch.RESNET34).weights(file).build());
    assertEquals(
        file + ": expected the weights of resnet34, got those of resnet18", e.getMessage());
  }

  @Test
  @DisplayName("without pretrained weights everything trains and pictures stay as they are")
  void scratch() {
    Learner learn = VisionLearner.of(labels(), Arch.RESNET18).pretrained(false).build();
    assertEquals(ModelInfo.totalParams(learn.model()), ModelInfo.trainableParams(learn.model()));
    assertEquals(List.of(), learn.dls().train().options().batchTfms());
  }

  @Test
  @DisplayName("a U-Net learner finds squares and predicts the mask of a new picture")
  void unetLearner() {
    Learner learn =
        UnetLearner.of(masks(), Arch.RESNET18)
            .pretrained(false)
            .metrics(Metrics.foregroundAcc(0), Metrics.dice())
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    assertEquals(3, learn.opt().groups().size());
    List<EpochRecord> history = learn.fitOneCycle(6, 2e-3);
    double dice = learn.validate().metrics().get("dice");
    assertTrue(dice > .8, "dice " + dice + ", history " + history);
    Prediction p = learn.predict(files.get(0));
    Mask mask = (Mask) p.decoded();
    assertEquals("Mask 32x32", mask.toString());
  }
}
