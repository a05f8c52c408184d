package org.onecycle.learner;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Sample;
import org.onecycle.tensor.Tensor;

/**
 * Some validation items as a person reads them, with what the model says of them.
 *
 * @param actual the items with their targets
 * @param said the same items with the model's answers in the targets' place
 * @param losses the loss of each; NaN where there are no targets
 */
public record Answers(List<Sample> actual, List<Sample> said, List<Double> losses) {
  /** Copies the lists. */
  public Answers {
    actual = List.copyOf(actual);
    said = List.copyOf(said);
    losses = List.copyOf(losses);
  }

  /** Returns the first items, a batch at most. */
  public static Answers of(Learner learn, int max) {
    return select(learn, max, false);
  }

  /** Returns the items with the greatest losses, the worst first. */
  public static Answers worst(Learner learn, int max) {
    return select(learn, max, true);
  }

  private static Answers select(Learner learn, int max, boolean worst) {
    DataLoader loader = learn.dls().valid().complete();
    try (Scope s = Scope.open();
        Undo silent = learn.noLogging();
        // Batches of texts differ in length: only within one can they stand in one tensor.
        Undo first = worst ? () -> {} : learn.addedCbs(List.of(new FirstBatch()))) {
      Predictions all = learn.getPreds(loader, PredsOptions.DEFAULT.inputs().losses());
      int n = (int) all.preds().size(0);
      double[] losses =
          all.losses() == null
              ? Stream.generate(() -> Double.NaN).limit(n).mapToDouble(d -> d).toArray()
              : all.losses().toDoubles();
      long[] rows =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> worst ? -losses[i] : 0))
              .limit(max)
              .mapToLong(i -> i)
              .toArray();
      Tensor at = Tensor.of(rows, rows.length);
      Tensor answers = learn.lossFunc().decodes(all.preds().indexSelect(0, at));
      Batch example = learn.dls().valid().oneBatch();
      Batch truth =
          example.withInputs(select(all.inputs(), at)).withTargets(select(all.targets(), at));
      return new Answers(
          learn.dls().decode(loader, truth, max),
          learn.dls().decode(loader, truth.withTargets(answers), max),
          IntStream.range(0, rows.length).mapToObj(i -> losses[(int) rows[i]]).toList());
    }
  }

  /** Ends a validation after its first batch. */
  private static final class FirstBatch extends Callback {
    private static final int LAST = 100;

    @Override
    public int order() {
      return LAST;
    }

    @Override
    public void afterBatch(Learner learn) {
      throw Phase.VALIDATE.cancel();
    }
  }

  private static Tensor[] select(List<Tensor> tensors, Tensor rows) {
    return tensors.stream().map(t -> t.indexSelect(0, rows)).toArray(Tensor[]::new);
  }
}
