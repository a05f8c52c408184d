package org.onecycle.vision.augment;

/**
 * {@code factor * r^exponent} of positive normal floats, to about six digits: one table for the
 * power of two in {@code r}, one with straight lines between for the rest.
 */
final class PowerTable {
  private static final int BITS = 9;
  private static final int STEPS = 1 << BITS;
  private static final int MANTISSA = 23;
  private static final int REST = MANTISSA - BITS;
  private static final float UNIT = 1f / (1 << REST);
  private static final int BIAS = 127;

  private final float[] twos = new float[2 * (BIAS + 1)];
  private final float[] rest = new float[STEPS + 1];

  PowerTable(double exponent, double factor) {
    for (int e = 0; e < twos.length; e++) {
      // Bounded, so that the largest power of the rest cannot make infinity times zero.
      twos[e] = (float) Math.min(Float.MAX_VALUE, factor * Math.pow(2, exponent * (e - BIAS)));
    }
    for (int i = 0; i <= STEPS; i++) {
      rest[i] = (float) Math.pow(1 + (double) i / STEPS, exponent);
    }
  }

  /** Puts the powers of some values in their place. */
  void apply(float[] values, int from, int to) {
    float[] byTwos = twos;
    float[] byRest = rest;
    for (int i = from; i < to; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      int step = (bits >>> REST) & (STEPS - 1);
      float low = byRest[step];
      float between = (bits & ((1 << REST) - 1)) * UNIT;
      values[i] = byTwos[(bits >>> MANTISSA) & 0xff] * (low + between * (byRest[step + 1] - low));
    }
  }
}
