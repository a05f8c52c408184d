package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.learner.ModelResetter;
import org.onecycle.text.learner.RnnRegularizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns to count in words: the language model of the book's chapter 12. */
@Command(
    name = "human-numbers",
    description = {
      "Learns to count in words: one . two . three . up to nine thousand nine hundred ninety nine.",
      "Needs no data and no weights. Defaults: --bs 64 --epochs 15."
    })
final class HumanNumbersExample implements Callable<Integer> {
  private static final int LENGTH = 16;
  private static final int HIDDEN = 64;
  private static final int LAYERS = 2;
  private static final double P = .4;
  private static final int SHOWN = 24;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    if (options.data() != null || options.weights() != null) {
      throw new IllegalArgumentException("human-numbers expects neither --data nor --weights");
    }
    RunLog log = new RunLog("human-numbers", options.seed(), System.out);
    HumanNumbers numbers = HumanNumbers.generate();
    DataLoaders dls = numbers.loaders(options.bsOr(64), LENGTH);
    System.out.printf(
        "%d words, %d different ones; %d batches for training, %d for validation%n",
        numbers.words().size(), numbers.vocab().size(), dls.train().size(), dls.valid().size());

    NumbersModel model =
        Init.with(
            new Rng(options.seed()),
            () -> new NumbersModel(numbers.vocab().size(), HIDDEN, LAYERS, P));
    Learner learn =
        Learner.of(dls, model)
            .lossFunc(new CrossEntropyLossFlat())
            .metrics(accuracy())
            .moms(.8, .7, .8)
            .wd(.1)
            .cbs(new ModelResetter(), new RnnRegularizer(2, 1))
            .seed(options.seed())
            .build();
    List<EpochRecord> history = learn.fitOneCycle(options.epochsOr(15), 1e-2);

    List<String> start = List.of("two", "thousand", "three", "hundred", "ninety", "eight", ".");
    System.out.println("It goes on: " + String.join(" ", goOn(model, numbers, start)));
    log.finish(history, learn.recorder().validation().metrics(), options.report());
    return 0;
  }

  /** Takes the most probable word again and again. */
  private static List<String> goOn(NumbersModel model, HumanNumbers numbers, List<String> start) {
    List<String> text = new ArrayList<>(start);
    long[] next = start.stream().mapToLong(numbers.vocab()::indexOf).toArray();
    model.eval();
    model.reset();
    try (NoGrad off = NoGrad.on()) {
      for (int i = 0; i < SHOWN; i++) {
        try (Scope s = Scope.open()) {
          Tensor logits = model.call(Tensor.of(next, 1, next.length));
          long word = logits.select(1, next.length - 1).argmax(1).toLongs()[0];
          text.add(numbers.vocab().get((int) word));
          next = new long[] {word};
        }
      }
    }
    model.reset();
    return text;
  }
}
