package org.onecycle.text.learner;

import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.text.models.Resettable;

/** Lets a recurrent model forget its state before training, before validation and after a fit. */
public final class ModelResetter extends Callback {
  /** Makes the callback. */
  public ModelResetter() {}

  @Override
  public void beforeTrain(Learner learn) {
    reset(learn);
  }

  @Override
  public void beforeValidate(Learner learn) {
    reset(learn);
  }

  @Override
  public void afterFit(Learner learn) {
    reset(learn);
  }

  private static void reset(Learner learn) {
    learn
        .model()
        .apply(
            m -> {
              if (m instanceof Resettable r) {
                r.reset();
              }
            });
  }
}
