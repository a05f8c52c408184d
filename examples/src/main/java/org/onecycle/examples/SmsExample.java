package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.onecycle.data.Splitters;
import org.onecycle.learner.EpochRecord;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.learner.TextClassifierLearner;
import org.onecycle.text.learner.TextOptions;
import org.onecycle.text.models.AwdLstmConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns to tell spam from other short messages, from scratch. */
@Command(
    name = "sms",
    description = {
      "Learns to tell spam from other short messages, from scratch.",
      "Without --data (a folder with the file SMSSpamCollection) the messages are the SMS Spam"
          + " Collection, downloaded once, or invented ones where there is no network. Defaults:"
          + " --bs 64 --epochs 4."
    })
final class SmsExample implements Callable<Integer> {
  private static final double VALID = .2;
  private static final String[] NEW = {
    "Are we still on for lunch tomorrow?", "WINNER!! Claim your free prize now, call 09061701461"
  };

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    if (options.weights() != null) {
      throw new IllegalArgumentException("sms starts from scratch: it takes no --weights");
    }
    RunLog log = new RunLog("sms", options.seed(), System.out);
    long seed = options.seed();
    Messages messages = Messages.of(options, System.out);
    TextDataLoaders dls =
        TextDataLoaders.fromRows(
                messages.texts(),
                messages.labels(),
                Splitters.random(VALID, seed).split(messages.texts()))
            .bs(options.bsOr(64))
            .seed(seed)
            .classifier();
    System.out.printf(
        "%d messages for training, %d for validation, %d words%n",
        dls.train().itemCount(), dls.valid().itemCount(), dls.vocab().size());

    TextOptions how =
        TextOptions.CLASSIFIER
            .withConfig(AwdLstmConfig.CLASSIFIER.withSizes(100, 200, 2))
            .withDropMult(.3)
            .withSeed(seed);
    TextClassifierLearner clas =
        TextClassifierLearner.create(dls, how, b -> b.metrics(accuracy()).seed(seed));
    List<EpochRecord> history = clas.learner().fitOneCycle(options.epochsOr(4), 1e-2);
    Map<String, Double> metrics = clas.learner().recorder().validation().metrics();

    for (String text : NEW) {
      System.out.println(clas.learner().predict(text).decoded() + ": " + text);
    }
    log.finish(history, metrics, options.report());
    return 0;
  }
}
