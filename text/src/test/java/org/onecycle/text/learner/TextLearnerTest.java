package org.onecycle.text.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.metric.Metrics;
import org.onecycle.nn.Parameter;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.models.AwdDropouts;
import org.onecycle.text.models.AwdLstmConfig;
import org.onecycle.text.models.BatchList;

/** Learners of language models and classifiers. */
class TextLearnerTest {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.LANGUAGE_MODEL.withSizes(16, 24, 2);
  private static final List<String> VOCAB = vocab(20);

  @TempDir Path folder;

  private static List<String> vocab(int n) {
    List<String> v = new ArrayList<>(List.of("xxunk", "xxpad", "xxbos"));
    IntStream.range(3, n).forEach(i -> v.add("w" + i));
    return v;
  }

  /** A text that counts: the word after n is n + 1, after the last the first. */
  private static DataLoaders counting(int batches) {
    List<HostArray> xs = new ArrayList<>();
    List<HostArray> ys = new ArrayList<>();
    int rows = 8;
    int length = 10;
    for (int b = 0; b < batches; b++) {
      long[] x = new long[rows * length];
      long[] y = new long[rows * length];
      for (int r = 0; r < rows; r++) {
        for (int t = 0; t < length; t++) {
          int at = r * 5 + b * length + t;
          x[r * length + t] = 3 + at % 17;
          y[r * length + t] = 3 + (at + 1) % 17;
        }
      }
      xs.add(HostArray.of(x, rows, length));
      ys.add(HostArray.of(y, rows, length));
    }
    return BatchList.loaders(xs, ys);
  }

  private static LanguageModelLearner lm(TextOptions options, Callback... cbs) {
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            counting(10),
            VOCAB,
            options,
            b ->
                b.metrics(Metrics.accuracy(), Metrics.perplexity())
                    .progress(ProgressOutput.none()));
    lm.learner().addCbs(cbs);
    return lm;
  }

  private static TextOptions options() {
    return TextOptions.LANGUAGE_MODEL.withConfig(SMALL).withDropMult(.1);
  }

  @Test
  @DisplayName("LOS-16 activation and temporal activation regularisation")
  void regularization() {
    Tensor h = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 3, 2);
    assertEquals(30.3333333, RnnRegularizer.activation(h, 2).item(), 1e-7);
    assertEquals(4, RnnRegularizer.temporal(h, 1).item(), 1e-12);
  }

  /** Keeps the gradient of the first LSTM's weight at the first step. */
  private static final class FirstGrad extends Callback {
    private double[] grad;
    private double reported;
    private double differentiated;

    @Override
    public boolean runValid() {
      return false;
    }

    @Override
    public void beforeBackward(Learner learn) {
      if (grad == null) {
        reported = learn.state().loss();
        differentiated = learn.state().lossGrad().item();
      }
    }

    @Override
    public void afterBackward(Learner learn) {
      if (grad == null) {
        Parameter p = learn.model().namedParameters().get("0.rnns.0.module.weight_ih_l0");
        grad = p.grad().toDoubles();
      }
    }
  }

  @Test
  void regularizationChangesTheGradientNotTheReportedLoss() {
    FirstGrad with = new FirstGrad();
    FirstGrad without = new FirstGrad();
    FirstGrad temporal = new FirstGrad();
    lm(options(), with).learner().fit(1, 0);
    lm(options().withRegularization(0, 0), without).learner().fit(1, 0);
    lm(options().withRegularization(0, 1), temporal).learner().fit(1, 0);
    assertEquals(without.reported, with.reported, 1e-6);
    assertEquals(without.reported, without.differentiated, 1e-6);
    assertTrue(with.differentiated > temporal.differentiated);
    assertTrue(temporal.differentiated > without.differentiated);
    assertNotEquals(Arrays.toString(with.grad), Arrays.toString(without.grad));
    assertNotEquals(Arrays.toString(temporal.grad), Arrays.toString(without.grad));
  }

  @Test
  void learnsToCountAndGoesOn() {
    LanguageModelLearner lm = lm(options());
    lm.learner().fitOneCycle(12, 2e-2);
    Map<String, Double> scores = lm.learner().validate().metrics();
    assertTrue(scores.get("accuracy") > .99, "accuracy " + scores);
    List<String> text =
        lm.generate(List.of("w17", "w18"), 6, Generation.DEFAULT.withTemperature(.2), new Rng(1));
    assertEquals(List.of("w17", "w18", "w19", "w3", "w4", "w5", "w6", "w7"), text);
    assertTrue(lm.encoder().hidden().isEmpty(), "the state is forgotten");
    assertThrows(
        IllegalArgumentException.class,
        () -> lm.generate(List.of(), 1, Generation.DEFAULT, new Rng(1)));
  }

  @Test
  void temperatureSharpensAndCutsFallAway() {
    double[] p = {.5, .2, .2, .1};
    double[] w = new Generation(.5, true, .15).weights(p, 0);
    assertArrayEquals(new double[] {0, 1, 1, 0}, w, 1e-12);
    w = new Generation(.5, false, 0).weights(p, 0);
    assertArrayEquals(new double[] {1, .16, .16, .04}, w, 1e-12);
    w = new Generation(1, false, .9).weights(p, 0);
    assertArrayEquals(new double[] {1, .4, .4, .2}, w, 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new Generation(0, true, 0));
  }

  @Test
  void encoderGoesFromLanguageModelToClassifierAndFreezes() {
    LanguageModelLearner lm = lm(options());
    lm.learner().fit(1, 1e-2);
    Path file = folder.resolve("encoder.safetensors");
    lm.saveEncoder(file);
    TextClassifierLearner clas = classifier();
    clas.loadEncoder(file);
    assertArrayEquals(
        lm.encoder().rnns().get(1).raw().tensor().toFloats(),
        clas.encoder().rnns().get(1).raw().tensor().toFloats());
    assertEquals(4, clas.learner().opt().groups().size());
    List<Parameter> all = clas.model().parameters();
    assertTrue(!all.get(0).requiresGrad() && all.get(all.size() - 1).requiresGrad());
    clas.learner().freezeTo(-2);
    assertTrue(clas.encoder().rnns().get(1).raw().requiresGrad());
    assertTrue(!clas.encoder().rnns().get(0).raw().requiresGrad());
  }

  private static TextClassifierLearner classifier() {
    // Whether a text has more of the small than of the large words.
    Rng rng = new Rng(3);
    List<HostArray> xs = new ArrayList<>();
    List<HostArray> ys = new ArrayList<>();
    for (int b = 0; b < 12; b++) {
      int length = 12 + rng.nextInt(10);
      long[] x = new long[8 * length];
      long[] y = new long[8];
      Arrays.fill(x, 1);
      for (int r = 0; r < 8; r++) {
        y[r] = rng.nextInt(2);
        int own = Math.max(3, length - r * 2);
        int front = (length - own) / 8 * 8;
        for (int t = 0; t < own; t++) {
          boolean likely = rng.nextDouble() < .85;
          x[r * length + front + t] = 3 + rng.nextInt(8) + (likely == (y[r] == 1) ? 8 : 0);
        }
      }
      xs.add(HostArray.of(x, 8, length));
      ys.add(HostArray.of(y, 8));
    }
    return TextClassifierLearner.create(
        BatchList.loaders(xs, ys),
        VOCAB,
        2,
        TextOptions.CLASSIFIER.withConfig(SMALL).withLengths(8, 80),
        b -> b.metrics(Metrics.accuracy()).progress(ProgressOutput.none()));
  }

  @Test
  void classifierLearns() {
    TextClassifierLearner clas = classifier();
    clas.learner().fitOneCycle(6, 1e-2);
    double accuracy = clas.learner().validate().metrics().get("accuracy");
    assertTrue(accuracy > .9, "accuracy " + accuracy);
  }

  @Test
  void goesOnWithATextWhoseTokensItKnows() {
    String counting = "One two three four five six seven. ".repeat(20);
    TextDataLoaders dls =
        TextDataLoaders.fromRows(List.of(counting, counting), false, true)
            .bs(4)
            .seqLen(8)
            .languageModel();
    LanguageModelLearner lm =
        LanguageModelLearner.create(dls, options(), b -> b.progress(ProgressOutput.none()));
    lm.learner().fitOneCycle(20, 2e-2);
    String text = lm.predict("One two", 8, Generation.DEFAULT.withTemperature(.1), new Rng(1));
    assertEquals("One two three four five six seven . One", text);
    assertThrows(
        IllegalStateException.class,
        () -> lm(options()).predict("One", 1, Generation.DEFAULT, new Rng(1)));
  }

  @Test
  @DisplayName("RNN-16 words are matched; a new one gets the mean row, also of the bias")
  void matchEmbeds() {
    Tensor w = Tensor.of(IntStream.range(0, 10).asDoubleStream().toArray(), 5, 2);
    Tensor bias = Tensor.of(new double[] {1, 2, 3, 4, 10}, 5);
    Map<String, Tensor> old = new LinkedHashMap<>();
    old.put("0.encoder.weight", w);
    old.put("1.decoder.bias", bias);
    Map<String, Tensor> matched =
        EncoderWeights.matchEmbeds(old, List.of("a", "b", "c"), List.of("a", "c", "d", "b"));
    double[] expected = {0, 1, 4, 5, 4, 5, 2, 3};
    assertArrayEquals(expected, matched.get("0.encoder.weight").toDoubles());
    assertArrayEquals(expected, matched.get("0.encoder_dp.emb.weight").toDoubles());
    assertArrayEquals(expected, matched.get("1.decoder.weight").toDoubles());
    assertArrayEquals(new double[] {1, 3, 4, 2}, matched.get("1.decoder.bias").toDoubles());
  }

  @Test
  void pretrainedWeightsOfOlderVersionsLoad() throws IOException {
    LanguageModelLearner from = lm(options().withSeed(7));
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    from.model().stateDict().forEach((n, t) -> weights.put(n, StoredTensor.of(n, t)));
    // fastai 1 wrote the dropped weights too.
    Tensor raw = from.encoder().rnns().get(0).raw().tensor();
    weights.put(
        "0.rnns.0.module.weight_hh_l0", StoredTensor.of("0.rnns.0.module.weight_hh_l0", raw));
    Path file = folder.resolve("wt.safetensors");
    Weights.write(file, weights, Map.of());
    List<String> oldVocab = new ArrayList<>(VOCAB);
    java.util.Collections.reverse(oldVocab);
    LanguageModelLearner to = lm(options().withConfig(SMALL.withDropouts(AwdDropouts.NONE)));
    to.loadPretrained(new PretrainedLm(file, oldVocab));
    assertArrayEquals(raw.toFloats(), to.encoder().rnns().get(0).raw().tensor().toFloats());
    assertArrayEquals(
        from.encoder().encoder().weight().tensor().select(0, 19).toFloats(),
        to.encoder().encoder().weight().tensor().select(0, 0).toFloats());
    assertTrue(!to.encoder().rnns().get(0).raw().requiresGrad(), "frozen");
    assertThrows(
        IllegalArgumentException.class, () -> to.loadPretrained(new PretrainedLm(file, vocab(30))));

    // As fastai packs them: the words, here a, b and c, pickled beside the weights.
    assertThrows(IllegalArgumentException.class, () -> PretrainedLm.in(folder));
    Files.write(
        folder.resolve("itos.pkl"),
        HexFormat.of()
            .parseHex("80035d710028580100000061710158010000006271025801000000637103652e"));
    assertEquals(new PretrainedLm(file, List.of("a", "b", "c")), PretrainedLm.in(folder));
  }
}
