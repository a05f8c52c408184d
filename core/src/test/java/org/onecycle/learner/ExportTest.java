package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Pipeline;
import org.onecycle.data.PipelineReader;
import org.onecycle.data.RegressionBlock;
import org.onecycle.data.Split;
import org.onecycle.data.Splitters;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.loss.BCELossFlat;
import org.onecycle.loss.BCEWithLogitsLossFlat;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.DiceLoss;
import org.onecycle.loss.FocalLossFlat;
import org.onecycle.loss.L1LossFlat;
import org.onecycle.loss.LabelSmoothingCrossEntropyFlat;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

/** The example that applications follow: a plain model, a transform with a setting, labels. */
class ExportTest {
  /** Counts letters, scaled: the text becomes numbers. */
  private record Letters(String alphabet, double scale)
      implements Transform<String, float[]>, Exportable {
    @Override
    public Class<String> accepts() {
      return String.class;
    }

    @Override
    public Class<float[]> produces() {
      return float[].class;
    }

    @Override
    public float[] encode(String text, Split split, Rng rng) {
      float[] out = new float[alphabet.length()];
      for (char c : text.toCharArray()) {
        int at = alphabet.indexOf(c);
        if (at < 0) {
          throw new IllegalArgumentException("no letter " + c + " in " + alphabet);
        }
        out[at] += (float) scale;
      }
      return out;
    }

    @Override
    public Spec spec() {
      return new Spec("test.letters", Spec.object().put("alphabet", alphabet).put("scale", scale));
    }
  }

  private static final Letters LETTERS = new Letters("abc", .5);

  @BeforeAll
  static void register() {
    Exports.register(
        "test.letters", s -> new Letters(s.get("alphabet").asText(), s.get("scale").asDouble()));
    Exports.register("test.net", s -> net(s.get("in").asInt(), s.get("out").asInt()));
  }

  private static Module net(int in, int out) {
    return new Sequential(
        new Linear(in, 8), new BatchNorm1d(8), new ReLU(), new Dropout(.2), new Linear(8, out));
  }

  private static Spec netSpec(int in) {
    return new Spec("test.net", Spec.object().put("in", in).put("out", 2));
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    Rng rng = new Rng(3);
    for (int i = 0; i < 48; i++) {
      StringBuilder s = new StringBuilder();
      for (int k = 0; k < 5; k++) {
        s.append("abc".charAt(rng.nextInt(3)));
      }
      texts.add(s.toString());
    }
    return texts;
  }

  private static Learner learner() {
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    texts(),
                    Splitters.random(.25, 1).split(texts()),
                    List.of(
                        Column.of((String t) -> t, LETTERS),
                        Column.of(
                            (String t) -> t.indexOf('a') >= 0 ? "with" : "without",
                            new Categorize()))))
            .bs(8)
            .workers(0)
            .build();
    return Learner.of(dls, net(3, 2)).exportAs(netSpec(3)).progress(ProgressOutput.none()).build();
  }

  private static PipelineReader reader(Learner learn) {
    return new PipelineReader(List.of(Pipeline.of(LETTERS)), List.of(), learn.dls().vocab());
  }

  @Test
  @DisplayName("an export predicts what the learner predicts, in any grouping of the items")
  void sameAnswers(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("letters.safetensors");
    Learner learn = learner();
    learn.fitOneCycle(3, 1e-2);
    learn.export(file, netSpec(3), reader(learn));
    Predictor predictor = Predictor.load(file);
    List<String> items = texts();
    List<Prediction> all = predictor.predictAll(items);
    List<Prediction> few = predictor.predictAll(items, 7);
    assertEquals(48, all.size());
    for (int i = 0; i < 48; i++) {
      Prediction expected = learn.predict(items.get(i));
      assertEquals(expected.decoded(), all.get(i).decoded());
      double[] p = expected.activated().toDoubles();
      assertArrayEquals(p, all.get(i).activated().toDoubles(), 1e-6);
      assertArrayEquals(p, few.get(i).activated().toDoubles(), 1e-6);
    }
    assertEquals(all.get(5).decoded(), predictor.predict(items.get(5)).decoded());
    assertEquals(List.of(), predictor.predictAll(List.of()));
    assertFalse(predictor.model().isTraining());
    String header = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(header.contains("test.net") && header.contains("test.letters"));
    assertFalse(header.contains("org.onecycle."), "no class names");
    String bad = assertThrows(RuntimeException.class, () -> predictor.predict("abz")).getMessage();
    assertTrue(bad.contains("abz"), bad);
  }

  @Test
  @DisplayName("an export without further words reads items as the data did")
  void byItself(@TempDir Path dir) {
    Path file = dir.resolve("letters.safetensors");
    Learner learn = learner();
    learn.fitOneCycle(1, 1e-2);
    learn.export(file);
    Predictor predictor = Predictor.load(file);
    assertEquals(List.of("with", "without"), predictor.vocab());
    for (String text : List.of("abbca", "bbbcc")) {
      Prediction expected = learn.predict(text);
      Prediction got = predictor.predict(text);
      assertEquals(expected.decoded(), got.decoded());
      assertArrayEquals(expected.activated().toDoubles(), got.activated().toDoubles());
    }
    Learner unnamed = Learner.of(learn.dls(), net(3, 2)).build();
    String model =
        assertThrows(IllegalArgumentException.class, () -> unnamed.export(file)).getMessage();
    assertTrue(model.contains("Sequential cannot be exported"), model);
    Learner byHand =
        Learner.of(DataLoaders.of(learn.dls().train(), learn.dls().valid()), net(3, 2))
            .lossFunc(new CrossEntropyLossFlat())
            .exportAs(netSpec(3))
            .build();
    String loaders =
        assertThrows(IllegalArgumentException.class, () -> byHand.export(file)).getMessage();
    assertTrue(loaders.contains("made by hand"), loaders);
  }

  @Test
  @DisplayName("to predict is not to validate: the record of the last validation stays")
  void recordsStay() {
    Learner learn = learner();
    learn.fit(1, 1e-2);
    Scores scores = learn.recorder().validation();
    assertTrue(Double.isFinite(scores.loss()));
    learn.predict("abc");
    assertEquals(scores, learn.recorder().validation());
    learn.getPreds();
    learn.getPreds(learn.dls().testDl(List.of("abc", "bca")));
    assertEquals(scores, learn.recorder().validation());
    Scores again = learn.validate();
    assertEquals(again, learn.recorder().validation());
  }

  @Test
  @DisplayName("blocks of numbers, inputs and targets, are made again")
  void numbers(@TempDir Path dir) {
    Exports.register("test.line", s -> new Sequential(new Linear(1, 1)));
    Spec line = Spec.of("test.line");
    List<String> items = IntStream.range(0, 40).mapToObj(i -> i / 20.0 + " ").toList();
    DataLoaders dls =
        DataBlock.<String>ofItems()
            .blocks(RegressionBlock.of(), RegressionBlock.of())
            .getX(t -> new float[] {Float.parseFloat(t)})
            .getY(t -> t)
            .build()
            .dataLoaders(items, o -> o.bs(8).workers(0));
    Learner learn =
        Learner.of(dls, Exports.make(line, Module.class))
            .exportAs(line)
            .progress(ProgressOutput.none())
            .build();
    learn.fit(2, .1);
    Path file = dir.resolve("line.safetensors");
    learn.export(file);
    Object expected = learn.predict("1.5").decoded();
    assertEquals(expected, Predictor.load(file).predict(new float[] {1.5f}).decoded());
  }

  @Test
  @DisplayName("what cannot be made again is refused before anything is written")
  void refusals(@TempDir Path dir) {
    Path file = dir.resolve("x.safetensors");
    Learner learn = learner();
    String other =
        assertThrows(
                IllegalArgumentException.class, () -> learn.export(file, netSpec(4), reader(learn)))
            .getMessage();
    assertTrue(other.contains("0.weight expects [8, 4], got [8, 3]"), other);
    Transform<String, Integer> length = Transform.of(String.class, Integer.class, String::length);
    PipelineReader hidden = new PipelineReader(List.of(Pipeline.of(length)), List.of(), List.of());
    String named =
        assertThrows(IllegalArgumentException.class, () -> learn.export(file, netSpec(3), hidden))
            .getMessage();
    assertTrue(named.contains("FunctionTransform cannot be exported"), named);
    Spec unknown = Spec.of("test.nobody");
    String factory =
        assertThrows(
                IllegalArgumentException.class, () -> learn.export(file, unknown, reader(learn)))
            .getMessage();
    assertTrue(factory.contains("no factory is registered for test.nobody"), factory);
    assertFalse(Files.exists(file));
  }

  @Test
  @DisplayName("every loss is made again with its settings")
  void losses() {
    List<Exportable> all =
        List.of(
            new CrossEntropyLossFlat(1, 1, 2, 3),
            new CrossEntropyLossFlat(),
            new LabelSmoothingCrossEntropyFlat(.2, 1),
            new FocalLossFlat(1.5, 1, 2, 1),
            new BCELossFlat(.3),
            new BCEWithLogitsLossFlat(.7),
            new MSELossFlat(),
            new L1LossFlat(),
            new DiceLoss(.1, Loss.Reduction.MEAN, true));
    for (Exportable loss : all) {
      Spec spec = Spec.fromJson(loss.spec().toJson());
      Loss made = Exports.make(spec, Loss.class);
      assertEquals(loss.getClass(), made.getClass());
      assertEquals(spec, ((Exportable) made).spec());
    }
  }
}
