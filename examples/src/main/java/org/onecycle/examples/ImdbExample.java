package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;
import static org.onecycle.metric.Metrics.perplexity;
import static org.onecycle.optim.Lr.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.learner.Generation;
import org.onecycle.text.learner.LanguageModelLearner;
import org.onecycle.text.learner.PretrainedLm;
import org.onecycle.text.learner.TextClassifierLearner;
import org.onecycle.text.learner.TextOptions;
import org.onecycle.text.models.AwdDropouts;
import org.onecycle.text.models.AwdLstmConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** ULMFiT: a language model of film reviews, then a classifier on its encoder. */
@Command(
    name = "imdb",
    description = {
      "Learns the language of film reviews, then whether one is positive.",
      "--data is a folder with texts.csv (label, text, is_valid). Without it the file is downloaded"
          + " once, or reviews are invented where there is no network. --weights is a trained"
          + " AWD-LSTM of 400, 1152 and three layers with its words, a .pkl, beside it; without it"
          + " a smaller one starts from scratch. Defaults: --bs 16, --epochs 3 (of the language"
          + " model; the classifier has five)."
    })
final class ImdbExample implements Callable<Integer> {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.LANGUAGE_MODEL.withSizes(200, 500, 2);
  private static final double SPREAD = Math.pow(2.6, 4);

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    RunLog log = new RunLog("imdb", options.seed(), System.out);
    long seed = options.seed();
    int bs = options.bsOr(16);
    Reviews reviews = Reviews.of(Reviews.FILE.read(options, System.out));
    AwdLstmConfig sizes = options.weights() == null ? SMALL : AwdLstmConfig.LANGUAGE_MODEL;

    TextDataLoaders words = reviews.loaders().bs(bs).seed(seed).languageModel();
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            words,
            TextOptions.LANGUAGE_MODEL.withConfig(sizes).withSeed(seed),
            b -> b.metrics(accuracy(), perplexity()).seed(seed));
    List<EpochRecord> history = new ArrayList<>();
    if (options.weights() != null) {
      lm.loadPretrained(PretrainedLm.in(options.weights().toAbsolutePath().getParent()));
      history.addAll(lm.learner().fitOneCycle(1, 1e-2));
      lm.learner().unfreeze();
    }
    history.addAll(lm.learner().fitOneCycle(options.epochsOr(3), 1e-2));
    System.out.println(
        lm.predict("The film", 20, Generation.DEFAULT.withTemperature(.75), new Rng(seed)));

    TextDataLoaders labelled =
        reviews.loaders().vocab(words.vocab()).bs(bs).seed(seed).classifier();
    TextClassifierLearner clas =
        TextClassifierLearner.create(
            labelled,
            TextOptions.CLASSIFIER
                .withConfig(sizes.withDropouts(AwdDropouts.CLASSIFIER))
                .withSeed(seed),
            b -> b.metrics(accuracy()).seed(seed));
    Path encoder = Files.createTempFile("encoder", ".safetensors");
    try {
      lm.saveEncoder(encoder);
      clas.loadEncoder(encoder);
    } finally {
      Files.deleteIfExists(encoder);
    }

    Learner learn = clas.learner();
    history.addAll(learn.fitOneCycle(1, 2e-2));
    learn.freezeTo(-2);
    history.addAll(learn.fitOneCycle(1, slice(1e-2 / SPREAD, 1e-2)));
    learn.freezeTo(-3);
    history.addAll(learn.fitOneCycle(1, slice(5e-3 / SPREAD, 5e-3)));
    learn.unfreeze();
    history.addAll(learn.fitOneCycle(2, slice(1e-3 / SPREAD, 1e-3)));
    log.finish(history, learn.recorder().validation().metrics(), options.report());
    return 0;
  }
}
