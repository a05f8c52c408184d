package org.onecycle.text.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** Whole texts in chunks, pooling, classification. */
class SentenceEncoderTest {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.CLASSIFIER.withSizes(6, 10, 2);

  private static long[] text(Rng rng, int length) {
    return IntStream.range(0, length).mapToLong(i -> 2 + rng.nextInt(48)).toArray();
  }

  /** Whole chunks of padding in front, the rest behind, up to the length of the longest. */
  private static Tensor batch(int bptt, long[]... texts) {
    int length = Arrays.stream(texts).mapToInt(t -> t.length).max().orElseThrow();
    long[] all = new long[texts.length * length];
    Arrays.fill(all, 1);
    for (int r = 0; r < texts.length; r++) {
      int front = (length - texts[r].length) / bptt * bptt;
      System.arraycopy(texts[r], 0, all, r * length + front, texts[r].length);
    }
    return Tensor.of(all, texts.length, length);
  }

  private static double[] logits(TextClassifier model, Tensor x) {
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      return model.call(x).toDoubles();
    }
  }

  private static TextClassifier classifier(int bptt, int maxLen) {
    TextClassifier model = new TextClassifier(50, 3, SMALL, bptt, maxLen);
    model.to(DType.DOUBLE);
    model.eval();
    return model;
  }

  @Test
  @DisplayName("RNN-13 shapes of a classifier; a column of padding changes nothing")
  void shapes() {
    TextClassifier model =
        new TextClassifier(100, 3, AwdLstmConfig.CLASSIFIER.withSizes(20, 10, 2), 72, 1440);
    Tensor x = AwdLstmTest.words(1, 100, 10, 5);
    assertArrayEquals(new long[] {10, 3}, model.call(x).shape());
    assertArrayEquals(new long[] {10, 5, 20}, model.rawOutput().shape());
    assertArrayEquals(new long[] {10, 5, 20}, model.droppedOutput().shape());
    model.eval();
    double[] before = logits(model, x);
    double[] after = logits(model, Tensor.cat(1, x, Tensor.full(1, DType.INT64, 10, 1)));
    assertArrayEquals(before, after, 1e-6);
  }

  @Test
  void aPredictionDoesNotDependOnTheOtherTextsOfItsBatch() {
    Rng rng = new Rng(4);
    for (int[] setting : new int[][] {{8, 16}, {8, 800}, {5, 10}, {3, 300}}) {
      int bptt = setting[0];
      TextClassifier model = classifier(bptt, setting[1]);
      for (int round = 0; round < 8; round++) {
        long[][] texts = new long[2 + rng.nextInt(5)][];
        for (int i = 0; i < texts.length; i++) {
          texts[i] = text(rng, 1 + rng.nextInt(40));
        }
        Arrays.sort(texts, Comparator.comparingInt((long[] t) -> -t.length));
        double[] together = logits(model, batch(bptt, texts));
        for (int i = 0; i < texts.length; i++) {
          double[] alone = logits(model, batch(bptt, texts[i]));
          String what =
              "text %d of lengths %s, bptt %d"
                  .formatted(
                      i,
                      Arrays.toString(Arrays.stream(texts).mapToInt(t -> t.length).toArray()),
                      bptt);
          assertArrayEquals(alone, Arrays.copyOfRange(together, 3 * i, 3 * i + 3), 1e-12, what);
        }
      }
    }
  }

  @Test
  @DisplayName("TXT-30 no words are lost when a text has ended before the last chunk")
  void nothingIsLost() {
    Rng rng = new Rng(9);
    long[][] texts = {text(rng, 11), text(rng, 9), text(rng, 8)};
    Tensor x = batch(3, texts);
    SentenceEncoder encoder = classifier(3, 300).encoder();
    Tensor out = encoder.encode(x).output();
    // Row 2 begins in the second chunk and its last two words are in the last one.
    double[] last = out.select(0, 2).toDoubles();
    int size = 6;
    for (int t = 0; t < 11; t++) {
      boolean zero = true;
      for (int j = 0; j < size; j++) {
        zero &= last[t * size + j] == 0;
      }
      assertEquals(t < 3, zero, "column " + t);
    }
  }

  @Test
  void onlyTheLastWordsAreKept() {
    Rng rng = new Rng(5);
    TextClassifier model = classifier(8, 16);
    long[] longText = text(rng, 45);
    EncodedTexts e = model.encoder().encode(batch(8, longText));
    // Six chunks, of which two are kept, with the state of those before.
    assertArrayEquals(new long[] {1, 16, 6}, e.output().shape());
    assertArrayEquals(new long[] {1, 16}, e.mask().shape());
    AwdLstm rnn = model.encoder().module();
    rnn.reset();
    Tensor whole = rnn.call(Tensor.of(longText, 1, 45)).slice(1, 32, 45);
    assertArrayEquals(whole.toDoubles(), e.output().slice(1, 0, 13).toDoubles(), 1e-12);
  }

  @Test
  void gradientsEndWhereOutputsAreNotKept() {
    TextClassifier model = classifier(4, 8);
    long[] words = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    model.encoder().encode(Tensor.of(words, 1, 12)).output().square().sum().backward();
    Tensor grad = model.encoder().module().encoder().weight().grad();
    for (int w = 2; w < 14; w++) {
      assertEquals(w >= 6, grad.select(0, w).square().sum().item() > 0, "word " + w);
    }
  }

  @Test
  void refusesTextsInTheWrongOrder() {
    Rng rng = new Rng(5);
    TextClassifier model = classifier(4, 8);
    Tensor x = batch(4, text(rng, 3), text(rng, 9));
    String message = assertThrows(IllegalArgumentException.class, () -> model.call(x)).getMessage();
    assertTrue(message.contains("longest texts first"), message);
    assertThrows(
        IllegalArgumentException.class, () -> model.call(Tensor.full(1, DType.INT64, 2, 3)));
    assertThrows(
        IllegalArgumentException.class, () -> new SentenceEncoder(8, model.encoder().module(), 7));
  }

  private static final double[] COUNTING = IntStream.range(0, 16).asDoubleStream().toArray();

  private static Tensor mask() {
    return Tensor.of(new long[] {1, 1, 0, 0, 0, 0, 0, 1}, 2, 4).to(DType.BOOL);
  }

  @Test
  @DisplayName("RNN-10, RNN-11 last, maximum and mean over what is no padding")
  void pool() {
    Tensor pooled = ConcatPool.maskedConcatPool(Tensor.of(COUNTING, 2, 4, 2), mask());
    assertArrayEquals(new double[] {6, 7, 6, 7, 5, 6, 12, 13, 12, 13, 10, 11}, pooled.toDoubles());
  }

  @Test
  @DisplayName("RNN-12 noise in padded positions does not change the pool")
  void poolIgnoresPadding() {
    double[] noise = COUNTING.clone();
    for (int i : new int[] {0, 1, 2, 3, 14, 15}) {
      noise[i] = 1e6 * (i + 1);
    }
    assertArrayEquals(
        ConcatPool.maskedConcatPool(Tensor.of(COUNTING, 2, 4, 2), mask()).toDoubles(),
        ConcatPool.maskedConcatPool(Tensor.of(noise, 2, 4, 2), mask()).toDoubles());
  }

  @Test
  void poolGradients() {
    org.onecycle.testing.GradCheck.check(
        p -> ConcatPool.maskedConcatPool(p[0], mask()),
        org.onecycle.testing.GradCheck.leaf(3, 2, 4, 2));
  }

  @Test
  void aHundredThousandWords() {
    TextClassifier model = new TextClassifier(50, 3, SMALL.withSizes(4, 4, 1), 72, 1440);
    model.eval();
    Rng rng = new Rng(1);
    double[] all = logits(model, batch(72, text(rng, 100_000), text(rng, 3)));
    assertEquals(6, Arrays.stream(all).filter(Double::isFinite).count());
  }

  @Test
  void dropoutsDrawAnewInEveryCall() {
    TextClassifier model = classifier(8, 80);
    model.train();
    Tensor x = AwdLstmTest.words(1, 50, 4, 12);
    assertNotEquals(
        Arrays.toString(model.call(x).toDoubles()), Arrays.toString(model.call(x).toDoubles()));
    assertEquals(List.of("0", "1"), List.copyOf(model.children().keySet()), "fastai's names");
  }
}
