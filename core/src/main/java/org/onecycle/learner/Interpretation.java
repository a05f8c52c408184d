package org.onecycle.learner;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.data.DataLoader;
import org.onecycle.metric.Confusion;
import org.onecycle.tensor.Tensor;

/** Where a model is wrong: the items with the greatest losses, and which classes it confuses. */
public final class Interpretation {
  private final Predictions predictions;
  private final Tensor decoded;
  private final double[] losses;
  private final List<String> vocab;

  private Interpretation(Learner learn, Predictions predictions) {
    this.predictions = predictions;
    decoded = learn.lossFunc().decodes(predictions.preds());
    losses = predictions.losses().toDoubles();
    vocab = learn.dls().vocab();
  }

  /** Looks at the validation data. */
  public static Interpretation of(Learner learn) {
    return of(learn, learn.dls().valid());
  }

  /**
   * Looks at the data of a loader.
   *
   * @throws IllegalArgumentException if the items have no targets
   */
  public static Interpretation of(Learner learn, DataLoader loader) {
    Predictions all = learn.getPreds(loader, PredsOptions.DEFAULT.losses());
    if (all.losses() == null) {
      throw new IllegalArgumentException("An interpretation expects items with targets");
    }
    return new Interpretation(learn, all);
  }

  /**
   * One item's loss.
   *
   * @param index the item's place in the data set
   * @param loss its loss
   */
  public record TopLoss(int index, double loss) {}

  /** Returns the items with the greatest losses, the worst first. */
  public List<TopLoss> topLosses(int k) {
    return sorted(Comparator.comparingDouble(TopLoss::loss).reversed(), k);
  }

  /** Returns the items with the smallest losses, the best first. */
  public List<TopLoss> lowestLosses(int k) {
    return sorted(Comparator.comparingDouble(TopLoss::loss), k);
  }

  private List<TopLoss> sorted(Comparator<TopLoss> order, int k) {
    return IntStream.range(0, losses.length)
        .mapToObj(i -> new TopLoss(i, losses[i]))
        .sorted(order)
        .limit(k)
        .toList();
  }

  /** Returns activated predictions and targets, in the order of the data set. */
  public Predictions predictions() {
    return predictions;
  }

  /** Returns the decoded predictions, such as class numbers. */
  public Tensor decoded() {
    return decoded;
  }

  /**
   * Returns how often each class was taken for each other; of pixels, where targets are masks.
   *
   * @throws IllegalStateException if the data have no labels
   */
  public Confusion confusion() {
    if (vocab.isEmpty()) {
      throw new IllegalStateException("A confusion matrix expects data with labels");
    }
    return Confusion.of(decoded, predictions.targets().get(0), vocab);
  }

  /** Returns the pairs of classes confused at least so often, the most frequent first. */
  public List<Confusion.Pair> mostConfused(long minVal) {
    return confusion().mostConfused(minVal);
  }

  @Override
  public String toString() {
    return "Interpretation of %d items".formatted(losses.length);
  }
}
