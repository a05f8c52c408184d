package org.onecycle.text.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.nn.ModelInfo;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** AWD-LSTM and language models. */
class AwdLstmTest {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.LANGUAGE_MODEL.withSizes(20, 10, 2);

  static Tensor words(long seed, int vocab, int rows, int length) {
    Rng rng = new Rng(seed);
    long[] w = new long[rows * length];
    Arrays.setAll(w, i -> 2 + rng.nextInt(vocab - 2));
    return Tensor.of(w, rows, length);
  }

  @Test
  @DisplayName("RNN-05 shapes of outputs and state; the last output is the last hidden state")
  void shapes() {
    AwdLstm model = new AwdLstm(100, SMALL);
    Tensor out = model.call(words(1, 100, 10, 5));
    assertArrayEquals(new long[] {10, 5, 20}, out.shape());
    List<RnnState> hidden = model.hidden();
    assertEquals(2, hidden.size());
    assertArrayEquals(new long[] {1, 10, 10}, hidden.get(0).h().shape());
    assertArrayEquals(new long[] {1, 10, 10}, hidden.get(0).c().shape());
    assertArrayEquals(new long[] {1, 10, 20}, hidden.get(1).h().shape());
    assertArrayEquals(new long[] {1, 10, 20}, hidden.get(1).c().shape());
    assertArrayEquals(out.select(1, 4).toFloats(), hidden.get(1).h().squeeze(0).toFloats());
  }

  @Test
  @DisplayName("RNN-06 the state is cut for fewer rows and grows by zeros for more")
  void batchSizes() {
    AwdLstm model = new AwdLstm(100, SMALL.withDropouts(AwdDropouts.NONE));
    Tensor first = words(1, 100, 10, 5);
    Tensor next = words(2, 100, 10, 5);
    model.call(first);
    float[] whole = model.call(next).slice(0, 0, 6).toFloats();
    model.reset();
    assertTrue(model.hidden().isEmpty());
    model.call(first);
    Tensor six = model.call(next.slice(0, 0, 6));
    assertArrayEquals(whole, six.toFloats(), 1e-6f);
    assertEquals(6, model.hidden().get(0).h().size(1));

    Tensor grown = model.call(first);
    model.reset();
    Tensor fresh = model.call(first);
    assertArrayEquals(fresh.slice(0, 6, 10).toFloats(), grown.slice(0, 6, 10).toFloats(), 1e-6f);
    assertNotEquals(
        Arrays.toString(fresh.slice(0, 0, 6).toFloats()),
        Arrays.toString(grown.slice(0, 0, 6).toFloats()));
  }

  @Test
  void stateLivesLongerThanTheScopeAndHasNoGradient() {
    AwdLstm model = new AwdLstm(100, SMALL);
    try (Scope step = Scope.open()) {
      model.call(words(1, 100, 4, 5)).sum().backward();
    }
    assertEquals(40, model.hidden().get(0).h().toFloats().length);
    assertTrue(!model.hidden().get(0).h().needsGrad());
    try (Scope step = Scope.open()) {
      // Were the state still part of the first graph, this would walk into memory given back.
      model.call(words(2, 100, 4, 5)).sum().backwardReleasing();
    }
    try (Scope step = Scope.open();
        NoGrad off = NoGrad.on()) {
      model.call(words(2, 100, 4, 5));
    }
    assertEquals(80, model.hidden().get(1).c().toFloats().length);
  }

  @Test
  void chunksGiveWhatTheWholeGives() {
    AwdLstm model = new AwdLstm(100, SMALL);
    model.to(DType.DOUBLE);
    model.eval();
    Tensor x = words(3, 100, 3, 9);
    double[] whole = model.call(x).toDoubles();
    model.reset();
    Tensor parts = Tensor.cat(1, model.call(x.slice(1, 0, 4)), model.call(x.slice(1, 4, 9)));
    assertArrayEquals(whole, parts.toDoubles(), 1e-14);
  }

  @Test
  @DisplayName("RNN-07 decoder, outputs before and after dropout, tied weights")
  void languageModel() {
    LanguageModel model = new LanguageModel(100, SMALL);
    Tensor x = words(1, 100, 10, 5);
    assertArrayEquals(new long[] {10, 5, 100}, model.call(x).shape());
    assertArrayEquals(new long[] {10, 5, 20}, model.rawOutput().shape());
    assertArrayEquals(new long[] {10, 5, 20}, model.droppedOutput().shape());
    assertSame(model.encoder().encoder().weight(), model.decoder().decoder().weight());
    float[] raw = model.rawOutput().toFloats();
    float[] dropped = model.droppedOutput().toFloats();
    int zeros = 0;
    for (int i = 0; i < raw.length; i++) {
      zeros += dropped[i] == 0 ? 1 : 0;
      assertTrue(dropped[i] == 0 || Math.abs(dropped[i] - raw[i] / .9) < 1e-6);
    }
    assertTrue(zeros > 0 && zeros < raw.length / 2, "dropped " + zeros);
    LanguageModel apart = new LanguageModel(100, SMALL.withTieWeights(false).withOutBias(false));
    assertNull(apart.decoder().decoder().bias());
    assertNotEquals(apart.encoder().encoder().weight(), apart.decoder().decoder().weight());
  }

  @Test
  @DisplayName("RNN-08 drop_mult scales the five dropouts, not the classifier's own")
  void dropMult() {
    assertEquals(
        new AwdDropouts(.2, .15, .2, .025, .25), AwdLstmConfig.CLASSIFIER.dropMult(.5).dropouts());
    assertEquals(new AwdDropouts(.1, .15, .25, .02, .2), AwdLstmConfig.LANGUAGE_MODEL.dropouts());
    String head =
        new TextClassifier(
                100, 2, AwdLstmConfig.CLASSIFIER.withSizes(20, 10, 2).dropMult(.5), 8, 80)
            .head()
            .toString();
    assertTrue(head.contains("Dropout(p=0.2, ") && head.contains("Dropout(p=0.1, "), head);
  }

  @Test
  @DisplayName("RNN-14 numbers of parameters of the default models")
  void counts() {
    LanguageModel lm = new LanguageModel(60008, AwdLstmConfig.LANGUAGE_MODEL);
    long[] rnns = lm.encoder().rnns().stream().mapToLong(ModelInfo::totalParams).toArray();
    assertArrayEquals(new long[] {7160832, 10626048, 2486400}, rnns);
    assertEquals(44336488, ModelInfo.totalParams(lm));
    TextClassifier clas =
        new TextClassifier(
            new SentenceEncoder(72, lm.encoder(), 1440),
            new PoolingLinearClassifier(List.of(1200, 50, 2), List.of(.4, .1)));
    assertEquals(62600, ModelInfo.totalParams(clas.head()));
    assertEquals(44339080, ModelInfo.totalParams(clas));
  }

  @Test
  void embeddingStartsWithinATenthAndPaddingHasNoGradient() {
    AwdLstm model = new AwdLstm(100, SMALL.withDropouts(AwdDropouts.NONE));
    double most =
        Arrays.stream(model.encoder().weight().tensor().toDoubles()).map(Math::abs).max().orElse(0);
    assertTrue(most <= .1 && most > .09);
    model.call(Tensor.of(new long[] {1, 5}, 1, 2)).square().sum().backward();
    Tensor grad = model.encoder().weight().grad();
    assertArrayEquals(new float[20], grad.select(0, 1).toFloats());
    assertTrue(grad.select(0, 5).square().sum().item() > 0);
  }

  @Test
  void refusesWhatIsNoText() {
    AwdLstm model = new AwdLstm(100, SMALL);
    assertThrows(IllegalArgumentException.class, () -> model.call(Tensor.zeros(2, 3)));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> model.call(Tensor.of(new long[] {100}, 1, 1)))
            .getMessage();
    assertTrue(message.contains("0 to 99"), message);
  }
}
