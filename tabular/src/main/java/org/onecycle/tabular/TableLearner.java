package org.onecycle.tabular;

import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Predictions;
import org.onecycle.learner.Scores;
import org.onecycle.learner.Undo;
import org.onecycle.nn.Module;

/**
 * A learner whose data come from a table.
 *
 * @param <M> type of the model
 */
public abstract class TableLearner<M extends Module> {
  private final TabularDataLoaders dls;
  private final M model;
  private final Learner learner;

  /** Takes data, model, and the learner that was made of them. */
  protected TableLearner(TabularDataLoaders dls, M model, Learner learner) {
    this.dls = dls;
    this.model = model;
    this.learner = learner;
  }

  /** Returns the data. */
  public final TabularDataLoaders dls() {
    return dls;
  }

  /** Returns the model. */
  public final M model() {
    return model;
  }

  /** Returns the learner itself, with all that it can do. */
  public final Learner learner() {
    return learner;
  }

  /** As {@link Learner#fitOneCycle(int)}. */
  public final List<EpochRecord> fitOneCycle(int nEpoch) {
    return learner.fitOneCycle(nEpoch);
  }

  /** As {@link Learner#fitOneCycle(int, double)}. */
  public final List<EpochRecord> fitOneCycle(int nEpoch, double lrMax) {
    return learner.fitOneCycle(nEpoch, lrMax);
  }

  /** As {@link Learner#validate()}. */
  public final Scores validate() {
    return learner.validate();
  }

  /** Predicts without bars. */
  protected final Predictions silentPreds(DataLoader loader) {
    try (Undo silent = learner.noLogging()) {
      return learner.getPreds(loader);
    }
  }

  @Override
  public final String toString() {
    return learner.toString();
  }
}
