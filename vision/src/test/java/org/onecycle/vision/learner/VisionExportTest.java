package org.onecycle.vision.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.MemoryUse;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.DataLoadersBuilder;
import org.onecycle.data.MultiCategoryBlock;
import org.onecycle.data.RegressionBlock;
import org.onecycle.data.TransformBlock;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.GELU;
import org.onecycle.nn.Init;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormType;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.augment.AugTransforms;
import org.onecycle.vision.data.ImageBlock;
import org.onecycle.vision.data.MaskBlock;
import org.onecycle.vision.image.CropPad;
import org.onecycle.vision.image.FlipItem;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.RandomCrop;
import org.onecycle.vision.image.RandomResizedCrop;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.image.ResizeMethod;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;
import org.onecycle.vision.models.ResNetOptions;
import org.onecycle.vision.models.UnetOptions;

/** What an export says of a picture is exactly what its learner says. */
class VisionExportTest {
  private static final Module NETWORK = Arch.RESNET18.model(Rng.of(1));

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  /** Noise, brighter on the left or on the right, of several sizes. */
  @BeforeEach
  void draw() {
    Rng rng = new Rng(5);
    for (int n = 0; n < 12; n++) {
      boolean left = n % 2 == 0;
      int width = 36 + n;
      int height = 48 - n;
      byte[] rgb = new byte[3 * width * height];
      byte[] codes = new byte[width * height];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) (i % width < width / 2 == left ? 1 : 0);
        for (int c = 0; c < 3; c++) {
          rgb[3 * i + c] = (byte) (codes[i] * 150 + rng.nextInt(80));
        }
      }
      Path file = folder.resolve((left ? "left_" : "right_") + n + ".png");
      Image.of(width, height, 3, rgb).save(file);
      Mask.of(width, height, codes).save(mask(file));
      files.add(file);
    }
  }

  private Path mask(Path file) {
    return folder.resolve("masks").resolve(file.getFileName());
  }

  private static String label(Path file) {
    return file.getFileName().toString().split("_", 2)[0];
  }

  private DataLoaders data(
      TransformBlock target, Function<Path, ?> y, UnaryOperator<DataLoadersBuilder<Path>> options) {
    return DataBlock.<Path>ofItems()
        .blocks(ImageBlock.of(), target)
        .getY(y)
        .build()
        .dataLoaders(files, o -> options.apply(o.bs(4).workers(0).itemTfms(new Resize(32))));
  }

  private DataLoaders labels(UnaryOperator<DataLoadersBuilder<Path>> options) {
    return data(CategoryBlock.of(), VisionExportTest::label, options);
  }

  /** A body of one convolution, so that much can be tried. */
  private static Learner small(DataLoaders dls) {
    return Learner.of(dls, smallNet(dls.vocab().size()))
        .exportAs(new Spec("test.small", Spec.object().put("out", dls.vocab().size())))
        .progress(ProgressOutput.none())
        .build();
  }

  private static Module smallNet(int out) {
    Module conv = new ConvLayer(3, 8);
    return new Sequential(conv, Vision.createHead(8, out, HeadOptions.DEFAULT.withLinFtrs()));
  }

  private static VisionLearnerBuilder quick(DataLoaders dls) {
    return VisionLearner.of(dls, Arch.RESNET18)
        .network(NETWORK)
        .with(b -> b.progress(ProgressOutput.none()));
  }

  private Predictor trained(Learner learn) {
    learn.fit(1, 1e-3);
    return agrees(learn);
  }

  private Predictor agrees(Learner learn) {
    Path file = folder.resolve("learner.safetensors");
    learn.export(file);
    Predictor predictor = Predictor.load(file);
    for (Path picture : files.subList(0, 3)) {
      Prediction expected = learn.predict(picture);
      Prediction got = predictor.predict(picture);
      assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
      assertArrayEquals(expected.target().toFloats(), got.target().toFloats());
      assertEquals(expected.decoded().getClass(), got.decoded().getClass());
      assertEquals(text(expected.decoded()), text(got.decoded()));
    }
    return predictor;
  }

  private static Object text(Object decoded) {
    return decoded instanceof Tensor t ? List.of(t.toFloats()[0]) : decoded;
  }

  @Test
  @DisplayName("a classifier of pictures: labels, resize, the statistics of pretrained weights")
  void classifier() throws Exception {
    Learner learn = quick(labels(o -> o)).build();
    Predictor p = trained(learn);
    assertEquals(List.of("left", "right"), p.vocab());
    assertTrue(p.vocab().contains(p.predict(files.get(0)).decoded()));
    List<Prediction> all = p.predictAll(files, 5);
    for (int i = 0; i < files.size(); i++) {
      assertArrayEquals(
          learn.predict(files.get(i)).activated().toFloats(),
          all.get(i).activated().toFloats(),
          1e-5f);
    }
    // A picture that is open already needs no file.
    assertEquals(p.predict(files.get(3)).decoded(), p.predict(Image.open(files.get(3))).decoded());
    byte[] bytes = Files.readAllBytes(folder.resolve("learner.safetensors"));
    String header = new String(bytes, 8, 20_000, StandardCharsets.ISO_8859_1);
    for (String word : List.of("resnet18", "vision.resize", "vision.normalize", "left")) {
      assertTrue(header.contains(word), word);
    }
    assertFalse(header.contains("org.onecycle."), "no class names");
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    String message = assertThrows(RuntimeException.class, () -> p.predict(text)).getMessage();
    assertTrue(message.contains("text.png"), message);
  }

  @Test
  @DisplayName("every transform that new pictures see comes back with its settings")
  void transforms() {
    Exports.register("test.small", s -> smallNet(s.path("out").asInt()));
    agrees(small(labels(o -> o.itemTfms(new Resize(40, 32)).batchTfms(new Normalize()))));
    agrees(small(labels(o -> o.itemTfms(new Resize(33, ResizeMethod.PAD), new FlipItem(.9)))));
    agrees(small(labels(o -> o.itemTfms(new Resize(31, ResizeMethod.SQUISH)))));
    agrees(small(labels(o -> o.itemTfms(new CropPad(40), new RandomCrop(30, 34)))));
    agrees(
        small(
            labels(
                o ->
                    o.itemTfms(new RandomResizedCrop(32, .5))
                        .batchTfms(AugTransforms.augTransforms()))));
    agrees(
        small(
            labels(
                o ->
                    o.itemTfms(new Resize(40))
                        .batchTfms(AugTransforms.augTransforms(32), Normalize.imagenet()))));
  }

  @Test
  @DisplayName("every setting of the head comes back")
  void heads() {
    DataLoaders dls = labels(o -> o);
    HeadOptions d = HeadOptions.DEFAULT;
    for (HeadOptions head :
        List.of(
            d.withLinFtrs(),
            d.withLinFtrs(20, 10).withPs(.1, .2, .3),
            d.withConcatPool(false).withFirstBn(false),
            d.withLinFirst(true).withBnFinal(true))) {
      agrees(quick(dls).head(head).build());
    }
    Predictor p =
        trained(
            quick(data(RegressionBlock.of(), f -> (double) label(f).length(), o -> o))
                .nOut(1)
                .head(d.withYRange(3, 6))
                .build());
    double value = ((Number) p.predict(files.get(0)).decoded()).doubleValue();
    assertTrue(value > 3 && value < 6, "got " + value);
  }

  @Test
  @DisplayName("several labels a picture")
  void multiCategory() {
    Predictor p =
        trained(
            quick(data(MultiCategoryBlock.of(), f -> List.of(label(f), "picture"), o -> o))
                .build());
    assertEquals(List.of("left", "picture", "right"), p.vocab());
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  @DisplayName("every architecture is made again by its name, for pictures of any channels")
  void architectures(Arch arch) {
    DataLoaders dls = labels(o -> o);
    Init.undrawn(
        () -> {
          for (int channels : new int[] {1, 3, 5}) {
            ResNet network = arch.model(Rng.of(1), new ResNetOptions(10, channels == 5));
            Spec spec =
                LearnerExports.classifier(
                    LearnerExports.body(network.spec(), arch.meta().cut(), channels),
                    arch.numFeatures(),
                    2,
                    HeadOptions.DEFAULT);
            Learner learn = VisionLearner.of(dls, arch).network(network).nIn(channels).build();
            Module again = Exports.make(Spec.fromJson(spec.toJson()), Module.class);
            assertEquals(shapes(learn.model()), shapes(again));
            assertEquals(learn.model().toString(), again.toString());
          }
          return null;
        });
  }

  private static Map<String, List<Long>> shapes(Module m) {
    Map<String, List<Long>> out = new LinkedHashMap<>();
    m.stateDict().forEach((n, t) -> out.put(n, Arrays.stream(t.shape()).boxed().toList()));
    return out;
  }

  @Test
  @DisplayName("a U-Net of any settings draws the same masks")
  void unets() {
    DataLoaders dls =
        data(MaskBlock.of(List.of("ground", "thing")), this::mask, o -> o.itemTfms(new Resize(32)));
    UnetOptions d = UnetOptions.DEFAULT;
    Predictor p = trained(unet(dls, d));
    assertEquals("Mask 32x32", p.predict(files.get(1)).decoded().toString());
    agrees(
        unet(
            dls,
            d.withBlur(true)
                .withBlurFinal(false)
                .withSelfAttention(true)
                .withAct(GELU::new)
                .withNorm(NormType.BATCH)));
    agrees(
        unet(
            dls,
            d.withBottle(true).withLastCross(false).withNorm(NormType.WEIGHT).withYRange(-2, 2)));
  }

  private static Learner unet(DataLoaders dls, UnetOptions options) {
    return UnetLearner.of(dls, Arch.RESNET18)
        .pretrained(false)
        .unet(options)
        .with(b -> b.progress(ProgressOutput.none()))
        .build();
  }

  @Test
  @DisplayName("loading again and again leaves no memory behind; threads take turns")
  void memoryAndThreads() {
    Path file = folder.resolve("learner.safetensors");
    quick(labels(o -> o)).build().export(file);
    Predictor kept = Predictor.load(file);
    float[] answer = kept.predict(files.get(0)).activated().toFloats();
    long before = used();
    for (int i = 0; i < 4; i++) {
      float[] again = Predictor.load(file).predict(files.get(0)).activated().toFloats();
      assertArrayEquals(answer, again);
    }
    long after = used();
    assertTrue(after <= before, before + " bytes, then " + after);
    IntStream.range(0, 12)
        .parallel()
        .forEach(i -> assertArrayEquals(answer, kept.predict(files.get(0)).activated().toFloats()));
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      System.gc();
      least = Math.min(least, MemoryUse.now().used());
    }
    return least;
  }

  /** A user's activation that says nothing of how it is made. */
  private static final class Own extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
      return x.tanh();
    }
  }

  @Test
  @DisplayName("a user's part that cannot be made again is named, and nothing is written")
  void users() {
    DataLoaders dls = data(MaskBlock.of(List.of("a", "b")), this::mask, o -> o);
    Path file = folder.resolve("own.safetensors");
    Learner learn = unet(dls, UnetOptions.DEFAULT.withAct(Own::new));
    String message =
        assertThrows(IllegalArgumentException.class, () -> learn.export(file)).getMessage();
    assertTrue(message.contains("Own cannot be exported"), message);
    assertFalse(Files.exists(file));
  }
}
