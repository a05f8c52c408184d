package org.onecycle.bench.ours;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.text.learner.LanguageModelLearner;
import org.onecycle.text.learner.TextClassifierLearner;
import org.onecycle.text.learner.TextOptions;
import org.onecycle.text.models.AwdDropouts;
import org.onecycle.text.models.AwdLstmConfig;

/** Training on words. */
final class TextWork {
  private static final int MAX_LEN = 1440;
  // Forward, gradients of inputs, gradients of weights.
  private static final int PASSES = 3;

  private TextWork() {}

  /** fastai's language model. */
  static Work languageModel(InputFolder in) {
    Learner learn =
        LanguageModelLearner.create(
                loaders(in), vocab(in), options(in, AwdLstmConfig.LANGUAGE_MODEL), settings(in))
            .learner();
    return new LearnerWork(learn, words(in), languageModelFlops(in));
  }

  /** A language model without dropouts and regularisation. */
  static Work plainLstm(InputFolder in) {
    Module model = Init.with(new Rng(in.size("seed")), () -> new PlainLstm(in));
    LearnerBuilder<Module> builder =
        Learner.of(loaders(in), model).lossFunc(new CrossEntropyLossFlat());
    Learner learn = TextWork.<Module>settings(in).apply(builder).build();
    return new LearnerWork(learn, words(in), languageModelFlops(in));
  }

  /** fastai's classifier of texts. */
  static Work classifier(InputFolder in) {
    TextOptions options =
        options(in, AwdLstmConfig.CLASSIFIER).withLengths(in.size("bptt"), MAX_LEN);
    Learner learn =
        TextClassifierLearner.create(
                loaders(in), vocab(in), in.size("classes"), options, settings(in))
            .learner();
    double words = wordsInBegunChunks(in);
    return new LearnerWork(learn, in.shape("x")[0], PASSES * words * lstmFlops(in));
  }

  private static <M extends Module> UnaryOperator<LearnerBuilder<M>> settings(InputFolder in) {
    return b -> b.optFunc(LearnerWork.ADAM).seed(in.size("seed")).progress(ProgressOutput.none());
  }

  private static TextOptions options(InputFolder in, AwdLstmConfig base) {
    double[] p = in.fractionsOf("dropouts");
    double[] weights = in.fractionsOf("regularization");
    AwdLstmConfig config =
        base.withSizes(in.size("emb"), in.size("hidden"), in.size("layers"))
            .withDropouts(new AwdDropouts(p[0], p[1], p[2], p[3], p[4]));
    return TextOptions.LANGUAGE_MODEL
        .withConfig(config)
        .withDropMult(1)
        .withRegularization(weights[0], weights[1])
        .withSeed(in.size("seed"));
  }

  private static List<String> vocab(InputFolder in) {
    return IntStream.range(0, in.size("vocab")).mapToObj(i -> "w" + i).toList();
  }

  private static DataLoaders loaders(InputFolder in) {
    return LearnerWork.endless(
        HostArray.of(in.longs("x"), in.shape("x")), HostArray.of(in.longs("y"), in.shape("y")));
  }

  private static long words(InputFolder in) {
    long[] shape = in.shape("x");
    return shape[0] * shape[1];
  }

  private static double languageModelFlops(InputFolder in) {
    double decoder = 2.0 * in.size("emb") * in.size("vocab");
    return PASSES * words(in) * (lstmFlops(in) + decoder);
  }

  /** The operations of all LSTMs forward for one word. */
  private static double lstmFlops(InputFolder in) {
    double sum = 0;
    int depth = in.size("layers");
    double before = in.size("emb");
    for (int l = 0; l < depth; l++) {
      double out = l == depth - 1 ? in.size("emb") : in.size("hidden");
      sum += 2 * 4 * out * (before + out);
      before = out;
    }
    return sum;
  }

  /** A text is computed from its first chunk on. */
  private static double wordsInBegunChunks(InputFolder in) {
    long[] x = in.longs("x");
    int width = (int) in.shape("x")[1];
    double words = 0;
    for (int from = 0; from < x.length; from += width) {
      int begin = 0;
      while (x[from + begin] == in.size("pad")) {
        begin++;
      }
      words += width - begin;
    }
    return words;
  }
}
