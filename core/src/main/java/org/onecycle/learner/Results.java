package org.onecycle.learner;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.onecycle.data.DataLoader;

/** The learner's ways to look at what the model makes of data. */
final class Results {
  private final Learner learn;
  private final Loop loop;

  Results(Learner learn, Loop loop) {
    this.learn = learn;
    this.loop = loop;
  }

  Scores validate(DataLoader loader) {
    try {
      loop.validate(loader);
    } catch (CancelException e) {
      throw new CancellationException("The validation was " + e.getMessage());
    }
    return learn.recorder().validation();
  }

  Predictions preds(DataLoader loader, PredsOptions how) {
    return gather(loader, how).result(learn.lossFunc());
  }

  Prediction predict(Object item) {
    try (Undo silent = learn.noLogging()) {
      DataLoader loader = learn.dls().testDl(List.of(item));
      return PredictOne.read(learn, loader, gather(loader, PredsOptions.DEFAULT.inputs()));
    }
  }

  /** Runs the data through the model; the scores of the last validation stay. */
  private GatherPreds gather(DataLoader loader, PredsOptions how) {
    GatherPreds gather = new GatherPreds(how);
    try (Undo scores = learn.recorder().rememberScores();
        Undo added = learn.addedCbs(List.of(gather))) {
      validate(loader.complete());
    }
    return gather;
  }
}
