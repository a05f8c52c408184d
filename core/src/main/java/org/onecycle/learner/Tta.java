package org.onecycle.learner;

import org.onecycle.data.DataLoader;
import org.onecycle.tensor.Tensor;

/**
 * Test-time augmentation: how several looks at an item become one prediction.
 *
 * @param n the number of looks through the transforms of training
 * @param beta the weight of the plain look; the mean of the others has the rest
 * @param useMax whether the largest of all looks is taken instead of the weighted mean
 */
public record Tta(int n, double beta, boolean useMax) {
  /** Four looks that count three quarters. */
  public static final Tta DEFAULT = new Tta(4, 0.25, false);

  /** Checks the numbers. */
  public Tta {
    if (n < 1 || beta < 0 || beta > 1) {
      throw new IllegalArgumentException(
          "tta expects n of at least 1 and beta in [0, 1], got " + n + " and " + beta);
    }
  }

  /** Another number of looks. */
  public Tta withN(int looks) {
    return new Tta(looks, beta, useMax);
  }

  /** Another weight of the plain look. */
  public Tta withBeta(double weight) {
    return new Tta(n, weight, useMax);
  }

  /** The largest of all looks. */
  public Tta max() {
    return new Tta(n, beta, true);
  }

  Predictions predict(Learner learn, DataLoader loader) {
    DataLoader augmented = loader.augmented();
    Tensor looks = null;
    for (int i = 0; i < n; i++) {
      augmented.restore(i);
      Tensor look = learn.getPreds(augmented).preds();
      looks = looks == null ? look : useMax ? looks.maximum(look) : looks.add(look);
    }
    Predictions plain = learn.getPreds(loader);
    Tensor preds =
        useMax
            ? looks.maximum(plain.preds())
            : looks.mul((1 - beta) / n).add(plain.preds().mul(beta));
    return new Predictions(plain.inputs(), preds, plain.targets(), null, null);
  }
}
