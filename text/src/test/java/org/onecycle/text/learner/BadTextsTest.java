package org.onecycle.text.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictions;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.data.TextDataLoadersBuilder;
import org.onecycle.text.models.AwdLstmConfig;

/** Texts that people really have, through tokenizer, vocabulary, batches and model. */
class BadTextsTest {
  private static final int LONG = 100_000;

  private static TextClassifierLearner clas;

  private static TextDataLoadersBuilder texts(List<String> extra, List<String> labels) {
    List<String> texts = new ArrayList<>(extra);
    List<String> ys = new ArrayList<>(labels);
    Rng rng = new Rng(3);
    for (int i = 0; i < 60; i++) {
      boolean good = rng.nextInt(2) == 1;
      texts.add("it was " + (good ? "good" : "bad") + " " + "and more ".repeat(rng.nextInt(9)));
      ys.add(good ? "pos" : "neg");
    }
    boolean[] valid = new boolean[texts.size()];
    Arrays.fill(valid, valid.length - 20, valid.length, true);
    return TextDataLoaders.fromRows(texts, ys, valid).minFreq(1).bs(8).workers(0);
  }

  /** Among the texts to learn from are an empty one, one of blanks, and pictures of faces. */
  @BeforeAll
  static void train() {
    List<String> odd = List.of("", " \n\t ", "\uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD", "a\uD83D b");
    clas =
        TextClassifierLearner.create(
            texts(odd, List.of("pos", "neg", "pos", "neg")).classifier(),
            TextOptions.CLASSIFIER
                .withConfig(AwdLstmConfig.CLASSIFIER.withSizes(8, 8, 1))
                .withDropMult(.1),
            b -> b.progress(ProgressOutput.none()));
    clas.learner().fitOneCycle(12, 3e-2);
    assertTrue(Double.isFinite(clas.learner().recorder().history().get(11).trainLoss()));
  }

  private static Prediction sane(Object item) {
    Prediction p = clas.learner().predict(item);
    double[] probabilities = p.activated().toDoubles();
    assertEquals(1, Arrays.stream(probabilities).sum(), 1e-5);
    assertTrue(List.of("neg", "pos").contains(p.decoded()), () -> "got " + p.decoded());
    return p;
  }

  @Test
  @DisplayName("an empty text is read as its beginning alone")
  void empty() {
    assertArrayEquals(sane("").activated().toDoubles(), sane(" \n ").activated().toDoubles(), 0);
  }

  @Test
  @DisplayName("of 100,000 tokens the last ones count, as they do of a text of 5,104")
  void hundredThousand() {
    String filler = "and more ".repeat(LONG / 2);
    assertTrue(clas.learner().dls().testDl(List.of(filler)).oneBatch().input(0).size(1) > LONG);
    double good = sane(filler + "it was good").activated().toDoubles()[1];
    double bad = sane("it was bad " + filler + "it was good").activated().toDoubles()[1];
    assertEquals(good, bad, 1e-4, "the beginning is long forgotten");
    // Both lengths leave the same rest of chunks of 72.
    String shorter = "and more ".repeat(5104 / 2);
    assertEquals(good, sane(shorter + "it was good").activated().toDoubles()[1], 1e-4);
    assertNotEquals(good, sane(filler + "it was bad").activated().toDoubles()[1], 1e-3);
  }

  @Test
  @DisplayName("a text's answer is the same beside an empty and a very long one")
  void together() {
    List<String> items =
        List.of("it was good", "", "and more ".repeat(LONG / 2), "\uD83D\uDE00 it was bad");
    Predictions all = clas.learner().getPreds(clas.learner().dls().testDl(items));
    double[] preds = all.preds().toDoubles();
    for (int i = 0; i < items.size(); i++) {
      double[] alone = sane(items.get(i)).activated().toDoubles();
      assertArrayEquals(alone, new double[] {preds[2 * i], preds[2 * i + 1]}, 1e-5, "text " + i);
    }
  }

  @Test
  @DisplayName("emoji known from training, unknown ones, half of one, and right to left")
  void emoji() {
    List<String> known = List.of("\uD83D\uDE00", "\uD83D\uDC4D", "\uD83C\uDFFD", "a\uD83D");
    assertTrue(clas.vocab().containsAll(known), () -> "got " + clas.vocab());
    double[] unknown = sane("it was good qwerty").activated().toDoubles();
    double[] unicorn = sane("it was good \uD83E\uDD84").activated().toDoubles();
    assertArrayEquals(unknown, unicorn, 0);
    double[] face = sane("it was good \uD83D\uDE00").activated().toDoubles();
    assertTrue(face[0] != unicorn[0], "a face that was seen is a word of its own");
    sane("\u05E9\u05DC\u05D5\u05DD \u200F\u0000\uFFFF");
  }

  @Test
  @DisplayName("bytes of a file that are not UTF-8 count as replaced characters")
  void malformedUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.txt");
    byte[] start = "it was good ".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(start, start.length + 2);
    bytes[start.length] = (byte) 0xC3;
    bytes[start.length + 1] = (byte) 0xFF;
    Files.write(file, bytes);
    Prediction p = sane(file);
    double[] same = sane("it was good \uFFFD\uFFFD").activated().toDoubles();
    assertArrayEquals(same, p.activated().toDoubles(), 1e-6);
  }

  @Test
  @DisplayName("labels of one class only, unseen and missing ones are named by text")
  void labels() {
    List<String> two = List.of("good", "bad");
    assertMessage(
        "a classifier expects at least two classes among the 2 training texts, got only 'pos'",
        () -> rows(List.of("pos", "pos", "neg", "neg")).classifier());
    assertMessage(
        "text 3: label odd is not in the vocabulary [neg, pos]",
        () -> rows(List.of("neg", "pos", "neg", "odd")).classifier());
    assertMessage(
        "fromRows expects a label in every row, got null in row 2",
        () -> rows(Arrays.asList("neg", "pos", null, "neg")));
    assertMessage(
        "fromRows expects a text in every row, got null in row 1",
        () -> TextDataLoaders.fromRows(Arrays.asList("a", null), two, false, true));
  }

  private static TextDataLoadersBuilder rows(List<String> labels) {
    List<String> texts = List.of("good", "bad", "good film", "bad film");
    return TextDataLoaders.fromRows(texts, labels, false, false, true, true).bs(2).workers(0);
  }

  private static void assertMessage(String expected, Executable x) {
    String got = assertThrows(IllegalArgumentException.class, x).getMessage();
    assertTrue(got.startsWith(expected), got);
  }

  @Test
  @DisplayName("a label that a folder has only for validation is named by its file")
  void unseenFolder(@TempDir Path root) throws IOException {
    for (String dir : List.of("train/neg", "train/pos", "valid/neg", "valid/odd")) {
      Files.createDirectories(root.resolve(dir));
      Files.writeString(root.resolve(dir).resolve("a.txt"), "some text");
    }
    Path odd = root.resolve("valid/odd/a.txt");
    assertMessage(
        odd + ": label odd is not in the vocabulary",
        () -> TextDataLoaders.fromFolder(root).bs(2).workers(0).classifier());
  }

  @Test
  @DisplayName("a language model goes on with nothing and with emoji")
  void languageModel() {
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            texts(List.of(""), List.of("pos")).languageModel(),
            TextOptions.LANGUAGE_MODEL.withConfig(AwdLstmConfig.LANGUAGE_MODEL.withSizes(8, 8, 1)),
            b -> b.progress(ProgressOutput.none()));
    lm.learner().fit(1);
    for (String start : List.of("", "\uD83D\uDE00", "\uD83D")) {
      String text = lm.predict(start, 5, Generation.DEFAULT, new Rng(1));
      assertTrue(text.split(" ").length >= 1 && !text.isBlank(), "got " + text);
    }
  }
}
