package org.onecycle.vision.augment;

/**
 * A change of light: {@code scale * l + grey * g + shift}, where {@code l} is the logit of a value
 * and {@code g} the grey of its pixel's logits.
 */
record Light(double scale, double grey, double shift) {
  static final Light NONE = new Light(1, 0, 0);

  private static final double[] WEIGHTS = {0.2989, 0.5870, 0.1140};
  private static final double SUM = WEIGHTS[0] + WEIGHTS[1] + WEIGHTS[2];
  private static final float EPS = 1e-7f;
  private static final int BLOCK = 2048;

  Light plus(double more) {
    return new Light(scale, grey, shift + more);
  }

  Light times(double factor) {
    return new Light(scale * factor, grey * factor, shift * factor);
  }

  Light saturated(double factor) {
    double rest = 1 - factor;
    return new Light(
        factor * scale, factor * grey + rest * (scale + SUM * grey), shift * (factor + rest * SUM));
  }

  /** Changes the values of one picture {@code [C, plane]}. */
  void apply(float[] values, int start, int channels, int plane) {
    if (equals(NONE)) {
      return;
    }
    if (grey == 0) {
      curve(values, start, start + channels * plane);
    } else if (channels == WEIGHTS.length) {
      mix(values, start, plane);
    } else {
      // A picture without colours is its own grey.
      new Light(scale + grey, 0, shift).curve(values, start, start + channels * plane);
    }
  }

  /**
   * {@code e^shift r^scale = y / (1 - y)} for {@code r = v / (1 - v)}: no logarithm is needed.
   * Block by block, so that what a loop leaves is near for the next; the first and the last are
   * vectorised.
   */
  private void curve(float[] values, int start, int end) {
    PowerTable power = new PowerTable(scale, Math.exp(shift));
    for (int from = start; from < end; from += BLOCK) {
      int to = Math.min(end, from + BLOCK);
      odds(values, from, to);
      power.apply(values, from, to);
      fromOdds(values, from, to);
    }
  }

  private static void odds(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float v = clamp(values[i]);
      values[i] = v / (1 - v);
    }
  }

  private static void fromOdds(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = 1 - 1 / (1 + values[i]);
    }
  }

  private void mix(float[] values, int start, int plane) {
    double[] logits = new double[WEIGHTS.length];
    for (int i = start; i < start + plane; i++) {
      double g = shift;
      for (int c = 0; c < logits.length; c++) {
        float v = clamp(values[i + c * plane]);
        logits[c] = Math.log(v / (1.0 - v));
        g += grey * WEIGHTS[c] * logits[c];
      }
      for (int c = 0; c < logits.length; c++) {
        values[i + c * plane] = (float) (1 / (1 + Math.exp(-scale * logits[c] - g)));
      }
    }
  }

  private static float clamp(float v) {
    return Math.max(EPS, Math.min(1 - EPS, v));
  }
}
