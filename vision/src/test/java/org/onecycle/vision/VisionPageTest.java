package org.onecycle.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.metric.Metrics.errorRate;
import static org.onecycle.metric.Metrics.foregroundAcc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Labellers;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.augment.AugTransforms;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.OpenMask;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.UnetLearner;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.learner.VisionLearner;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.DynamicUnet;
import org.onecycle.vision.models.UnetOptions;
import org.onecycle.vision.models.UpsampleNet;
import org.onecycle.vision.models.Upsampling;
import org.onecycle.vision.show.Show;

/** The snippets of docs/vision.md, compiled and run. */
class VisionPageTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path PAGE = Path.of("../docs/vision.md");
  private static final Path SOURCE =
      Path.of("src/test/java/org/onecycle/vision/VisionPageTest.java");

  @TempDir private Path folder;
  private Path photos;
  private Path weights;
  private Path sheet;
  private List<Path> streets;
  private Function<Path, Path> maskOf;
  private final List<String> codes = List.of("Road", "Sky", "Void");
  private final Function<Object, String> label = Labellers.regexLabeller("^(.*)_\\d+.png$");

  @BeforeEach
  void draw() {
    photos = folder.resolve("photos");
    sheet = folder.resolve("sheet.png");
    weights = folder.resolve("resnet18.safetensors");
    Map<String, StoredTensor> state = new LinkedHashMap<>();
    Arch.RESNET18
        .model(new Rng(1))
        .stateDict()
        .forEach((n, t) -> state.put(n, StoredTensor.of(n, t)));
    Weights.write(weights, state, Map.of());
    Rng rng = new Rng(1);
    for (int n = 0; n < 20; n++) {
      byte[] rgb = new byte[3 * 64 * 96];
      byte[] mask = new byte[64 * 96];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (i % 96 < 3 ? 2 : i / 96 < 20 + n ? 1 : 0);
        for (int c = 0; c < 3; c++) {
          rgb[3 * i + c] = (byte) (mask[i] * 90 + rng.nextInt(60));
        }
      }
      Image.of(96, 64, 3, rgb).save(photos.resolve((n % 2 == 0 ? "pug_" : "beagle_") + n + ".png"));
      Image.of(96, 64, 3, rgb).save(folder.resolve("streets/" + n + ".png"));
      Mask.of(96, 64, mask).save(folder.resolve("labels/" + n + ".png"));
    }
    streets = ImageFiles.get(folder.resolve("streets"));
    maskOf = street -> folder.resolve("labels").resolve(street.getFileName());
  }

  @Test
  @DisplayName("every snippet of the page stands in this class")
  void snippets() throws IOException {
    String source = squeezed(Files.readString(SOURCE));
    List<String> all =
        SNIPPET
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult m) -> m.group(1))
            .toList();
    assertEquals(5, all.size());
    for (String snippet : all) {
      assertTrue(source.contains(squeezed(snippet)), "not compiled: " + snippet);
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @DisplayName("the page's classes of pictures")
  void classes() {
    List<Path> files = ImageFiles.get(photos);
    Splits splits = Splitters.random(42).split(files);
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    splits,
                    List.of(
                        Column.of(new OpenImage()),
                        Column.of(Labellers.fileName().andThen(label), new Categorize()))))
            .bs(8)
            .itemTfms(new Resize(40))
            .batchTfms(AugTransforms.augTransforms(32))
            .build();
    Learner learn =
        VisionLearner.of(dls, Arch.RESNET18).weights(weights).metrics(errorRate()).build();
    learn.fineTune(1);
    Object breed = learn.predict(files.get(0)).decoded();
    assertTrue(List.of("pug", "beagle").contains(breed), "got " + breed);
  }

  @Test
  @DisplayName("the page's segmentation")
  void segmentation() {
    DataLoaders scenes =
        DataLoaders.builder(
                Datasets.of(
                    streets,
                    Splitters.random(42).split(streets),
                    List.of(Column.of(new OpenImage()), Column.of(maskOf, new OpenMask(codes)))))
            .bs(4)
            .batchTfms(AugTransforms.augTransforms())
            .build();
    Learner unet =
        UnetLearner.of(scenes, Arch.RESNET18)
            .weights(weights)
            .metrics(foregroundAcc(codes.indexOf("Void")))
            .build();
    unet.fineTune(1);
    Mask predicted = (Mask) unet.predict(streets.get(0)).decoded();
    Image.of(Show.showResults(unet, 4)).save(sheet);
    assertEquals("Mask 96x64", predicted.toString());
    assertTrue(Image.open(sheet).width() > 300);

    Sequential body = Vision.createBody(Vision.resnet18(new Rng(1)), -2);
    DynamicUnet model =
        DynamicUnet.of(
            body,
            codes.size(),
            61,
            47,
            UnetOptions.DEFAULT.withSelfAttention(true).withBlur(true),
            new Rng(2));
    Tensor logits = model.call(Tensor.randn(new Rng(3), 2, 3, 61, 47));
    assertArrayEquals(new long[] {2, 3, 61, 47}, logits.shape());

    UpsampleNet plain = UpsampleNet.of(body, codes.size(), 64, 96, Upsampling.NEAREST, new Rng(2));
    Learner simple = Learner.of(scenes, plain).lossFunc(new CrossEntropyLossFlat(1)).build();
    simple.fit(1, 1e-3);
    assertTrue(Double.isFinite(simple.validate().loss()));
  }
}
