package org.onecycle.text.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.MemoryUse;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.io.Weights;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.data.SplitTokenizer;
import org.onecycle.text.data.TextBlock;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.data.TextRule;
import org.onecycle.text.data.Tokenizer;
import org.onecycle.text.data.WordTokenizer;
import org.onecycle.text.models.AwdLstmConfig;

/** What an export says of a text is exactly what its learner says. */
class TextExportTest {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.LANGUAGE_MODEL.withSizes(12, 16, 2);
  private static final List<String> QUESTIONS =
      List.of(
          "This film is good, REALLY good!!!!",
          "bad",
          "",
          "I don't know any of these zebras… 😀",
          "so very long ".repeat(40));

  @TempDir private Path folder;

  private static List<String> texts() {
    List<String> out = new ArrayList<>();
    Rng rng = new Rng(3);
    for (int i = 0; i < 40; i++) {
      StringBuilder s = new StringBuilder("This Film was ");
      for (int k = 0; k < 1 + i % 7; k++) {
        s.append(rng.nextInt(2) == 0 ? "very " : "so, so ");
      }
      out.add(s.append(i % 2 == 0 ? "good." : "bad. I don't LIKE it").toString());
    }
    return out;
  }

  private static List<String> labels() {
    return Stream.iterate(0, i -> i + 1).limit(40).map(i -> i % 2 == 0 ? "pos" : "neg").toList();
  }

  private static boolean[] valid() {
    boolean[] out = new boolean[40];
    for (int i = 30; i < 40; i++) {
      out[i] = true;
    }
    return out;
  }

  private static TextClassifierLearner classifier(Tokenizer tokenizer, TextOptions options) {
    TextDataLoaders dls =
        TextDataLoaders.fromRows(texts(), labels(), valid())
            .tokenizer(tokenizer)
            .minFreq(1)
            .bs(8)
            .seqLen(8)
            .workers(0)
            .classifier();
    return TextClassifierLearner.create(
        dls, options.withConfig(SMALL).withLengths(8, 24), b -> b.progress(ProgressOutput.none()));
  }

  private Predictor agrees(Learner learn) {
    Path file = folder.resolve("text.safetensors");
    learn.export(file);
    Predictor predictor = Predictor.load(file);
    for (String text : QUESTIONS) {
      Prediction expected = learn.predict(text);
      Prediction got = predictor.predict(text);
      assertEquals(expected.decoded(), got.decoded());
      assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
    }
    return predictor;
  }

  @Test
  @DisplayName("a classifier of texts: tokenizer, words, classes; texts of any length together")
  void classifier() throws Exception {
    TextClassifierLearner clas = classifier(Tokenizer.words(), TextOptions.CLASSIFIER);
    clas.learner().fitOneCycle(2, 1e-2);
    Predictor p = agrees(clas.learner());
    assertEquals(List.of("neg", "pos"), p.vocab());
    assertEquals(clas.model().toString(), p.model().toString());
    List<Prediction> all = p.predictAll(QUESTIONS);
    for (int i = 0; i < all.size(); i++) {
      assertArrayEquals(
          p.predict(QUESTIONS.get(i)).activated().toFloats(),
          all.get(i).activated().toFloats(),
          1e-5f);
    }
    Path review = Files.writeString(folder.resolve("review.txt"), QUESTIONS.get(0));
    assertEquals(p.predict(QUESTIONS.get(0)).decoded(), p.predict(review).decoded());
    assertArrayEquals(
        p.predict(QUESTIONS.get(0)).activated().toFloats(),
        p.predict(review).activated().toFloats());
    String message = assertThrows(RuntimeException.class, () -> p.predict(3)).getMessage();
    assertTrue(message.contains("expects a text (String) or a file (Path), got Integer"), message);
  }

  @Test
  @DisplayName("a tokenizer with rules of one's choice; rules without a name are refused")
  void tokenizers() {
    Tokenizer chosen =
        new Tokenizer(
            List.of(TextRule.LOWERCASE, TextRule.REPLACE_REP),
            new SplitTokenizer(" "),
            List.of(TextRule.REPLACE_SPACE));
    agrees(classifier(chosen, TextOptions.CLASSIFIER).learner());
    Tokenizer unnamed =
        new Tokenizer(
            List.of(TextRule.LOWERCASE, s -> s.toUpperCase(Locale.ROOT)),
            new WordTokenizer(),
            List.of());
    Learner learn = classifier(unnamed, TextOptions.CLASSIFIER).learner();
    Path file = folder.resolve("unnamed.safetensors");
    String message =
        assertThrows(IllegalArgumentException.class, () -> learn.export(file)).getMessage();
    assertTrue(message.contains("rule 2 of 2 of the tokenizer cannot be exported"), message);
    assertFalse(Files.exists(file));
  }

  @Test
  @DisplayName("texts described by blocks are read the same way after loading")
  void blocks() {
    List<String> texts = texts();
    DataLoaders dls =
        DataBlock.<String>ofItems()
            .blocks(TextBlock.of(o -> o.minFreq(1).seqLen(8)), CategoryBlock.of())
            .getY(t -> t.contains("good") ? "pos" : "neg")
            .build()
            .dataLoaders(texts, o -> o.bs(8).workers(0));
    Learner learn =
        TextClassifierLearner.create(
                dls,
                dls.vocabs().get(0),
                2,
                TextOptions.CLASSIFIER.withConfig(SMALL).withLengths(8, 24),
                b -> b.progress(ProgressOutput.none()))
            .learner();
    learn.fit(1, 1e-2);
    Predictor p = agrees(learn);
    assertEquals(List.of("neg", "pos"), p.vocab());
    assertEquals(5, p.predictAll(QUESTIONS, 3).size());
  }

  private static LanguageModelLearner lm(TextOptions options) {
    TextDataLoaders dls =
        TextDataLoaders.fromRows(texts(), valid())
            .minFreq(1)
            .bs(4)
            .seqLen(6)
            .workers(0)
            .languageModel();
    return LanguageModelLearner.create(dls, options, b -> b.progress(ProgressOutput.none()));
  }

  @Test
  @DisplayName("a language model goes on with a text in the same words, tied weights written once")
  void languageModel() {
    for (AwdLstmConfig config : List.of(SMALL, SMALL.withTieWeights(false).withOutBias(false))) {
      LanguageModelLearner lm = lm(TextOptions.LANGUAGE_MODEL.withConfig(config));
      lm.learner().fitOneCycle(2, 1e-2);
      Path file = folder.resolve("lm.safetensors");
      lm.learner().export(file);
      TextGenerator writer = TextGenerator.load(file);
      assertEquals(lm.vocab(), writer.vocab());
      for (Generation how : List.of(Generation.DEFAULT, Generation.DEFAULT.withTemperature(.5))) {
        String expected = lm.predict("This Film was", 20, how, new Rng(7));
        assertEquals(expected, writer.predict("This Film was", 20, how, new Rng(7)));
        assertEquals(expected, writer.predict("This Film was", 20, how, new Rng(7)));
        assertTrue(expected.length() > 30, expected);
      }
      boolean twice = Weights.read(file).tensors().containsKey("1.decoder.weight");
      assertEquals(!config.tieWeights(), twice);
    }
  }

  @Test
  @DisplayName("a language model of a text block goes on with a text after loading, too")
  void languageModelOfBlocks() {
    DataLoaders dls =
        DataBlock.<String>ofItems()
            .blocks(TextBlock.languageModel(o -> o.minFreq(1).seqLen(6)))
            .build()
            .dataLoaders(texts(), o -> o.bs(4).workers(0));
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            dls,
            Tokenizer.words(),
            TextOptions.LANGUAGE_MODEL.withConfig(SMALL),
            b -> b.progress(ProgressOutput.none()));
    lm.learner().fit(1, 1e-2);
    Path file = folder.resolve("lm.safetensors");
    lm.learner().export(file);
    String expected = lm.predict("This Film", 15, Generation.DEFAULT, new Rng(7));
    TextGenerator writer = TextGenerator.load(file);
    assertEquals(expected, writer.predict("This Film", 15, Generation.DEFAULT, new Rng(7)));
    Prediction next = Predictor.load(file).predict("This Film");
    assertEquals(next.target().numel(), next.decoded().toString().split(" ").length);
  }

  @Test
  @DisplayName("loading again and again leaves no memory behind, nor does the recurrent state")
  void memory() {
    Path file = folder.resolve("lm.safetensors");
    lm(TextOptions.LANGUAGE_MODEL.withConfig(SMALL)).learner().export(file);
    TextGenerator kept = TextGenerator.load(file);
    String text = kept.predict("This Film", 5, Generation.DEFAULT, new Rng(1));
    long before = used();
    for (int i = 0; i < 10; i++) {
      TextGenerator again = TextGenerator.load(file);
      assertEquals(text, again.predict("This Film", 5, Generation.DEFAULT, new Rng(1)));
      Predictor.load(file).predict("This Film");
    }
    long after = used();
    assertTrue(after <= before, before + " bytes, then " + after);
    assertEquals(text, kept.predict("This Film", 5, Generation.DEFAULT, new Rng(1)));
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      System.gc();
      least = Math.min(least, MemoryUse.now().used());
    }
    return least;
  }

  @Test
  @DisplayName("a language model's plain prediction: the likeliest word after each word")
  void nextWords() {
    LanguageModelLearner lm = lm(TextOptions.LANGUAGE_MODEL.withConfig(SMALL));
    lm.learner().fit(1, 1e-2);
    Path file = folder.resolve("lm.safetensors");
    lm.learner().export(file);
    Predictor p = Predictor.load(file);
    Prediction first = p.predict("This Film was");
    Prediction again = p.predict("This Film was");
    assertArrayEquals(first.activated().toFloats(), again.activated().toFloats());
    Tensor target = first.target();
    assertEquals(1, target.rank());
    List<String> words = new ArrayList<>();
    for (long id : target.toLongs()) {
      words.add(lm.vocab().get((int) id));
    }
    words.removeIf("xxpad"::equals);
    assertEquals(String.join(" ", words), first.decoded());
  }

  @Test
  @DisplayName("an export of something else is no language model")
  void others() {
    Path file = folder.resolve("clas.safetensors");
    classifier(Tokenizer.words(), TextOptions.CLASSIFIER).learner().export(file);
    String message =
        assertThrows(IllegalArgumentException.class, () -> TextGenerator.load(file)).getMessage();
    assertTrue(
        message.contains("clas.safetensors: expected the export of a language model"), message);
    assertTrue(message.contains("got a TextClassifier"), message);
  }
}
