package org.onecycle.text.learner;

/**
 * How words are drawn.
 *
 * @param temperature probabilities are taken to the power of one over it: below 1 likely words
 *     become likelier
 * @param noUnk whether the unknown word is never drawn
 * @param minP words less probable than this are never drawn, unless all are
 */
public record Generation(double temperature, boolean noUnk, double minP) {
  /** fastai's defaults: probabilities as they are, no unknown word. */
  public static final Generation DEFAULT = new Generation(1, true, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the temperature is not positive or minP no probability
   */
  public Generation {
    if (!(temperature > 0) || !(minP >= 0 && minP <= 1)) {
      throw new IllegalArgumentException(
          "Generation expects a positive temperature and minP from 0 to 1, got "
              + temperature
              + " and "
              + minP);
    }
  }

  /** Returns this way with another temperature. */
  public Generation withTemperature(double other) {
    return new Generation(other, noUnk, minP);
  }

  /** Returns the weights by which words are drawn, in place of their probabilities. */
  double[] weights(double[] probabilities, int unknown) {
    double[] p = probabilities.clone();
    if (noUnk && unknown >= 0) {
      p[unknown] = 0;
    }
    double most = 0;
    for (double v : p) {
      most = Math.max(most, v);
    }
    if (most == 0) {
      return probabilities;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] = most >= minP && p[i] < minP ? 0 : Math.pow(p[i] / most, 1 / temperature);
    }
    return p;
  }
}
