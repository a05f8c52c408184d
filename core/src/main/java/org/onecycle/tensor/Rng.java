package org.onecycle.tensor;

import java.util.SplittableRandom;

/**
 * A seeded source of random numbers: the same seed gives the same numbers on every machine.
 *
 * <p>Every random choice in the library takes its generator as an argument. A generator belongs to
 * one thread; {@link #split()} makes independent ones for others. Integers and uniform numbers come
 * from {@link SplittableRandom}, normal ones from Marsaglia's polar method.
 */
public final class Rng {
  private SplittableRandom source;
  private long seed;
  private double spare = Double.NaN;

  /** Makes a generator whose numbers depend on the seed alone. */
  public Rng(long seed) {
    this(seed, new SplittableRandom(seed));
  }

  private Rng(long seed, SplittableRandom source) {
    this.seed = seed;
    this.source = source;
  }

  /** Returns a generator for one piece of work, whatever else has been drawn so far. */
  public static Rng of(long seed, long... path) {
    long s = seed;
    for (long p : path) {
      s = mix(s + 0x9E3779B97F4A7C15L * (p + 1));
    }
    return new Rng(s);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Starts anew from a seed. */
  public void seed(long newSeed) {
    seed = newSeed;
    source = new SplittableRandom(newSeed);
    spare = Double.NaN;
  }

  /** Returns the seed this generator was last started from. */
  public long seed() {
    return seed;
  }

  /** Returns an independent generator. */
  public Rng split() {
    return new Rng(nextLong());
  }

  /** Returns any long. */
  public long nextLong() {
    return source.nextLong();
  }

  /** Returns an integer from 0 to before {@code bound}. */
  public int nextInt(int bound) {
    return source.nextInt(bound);
  }

  /** Returns a number from 0 to before 1. */
  public double nextDouble() {
    return source.nextDouble();
  }

  /** Returns a number from {@code low} to before {@code high}; {@code low} if they are equal. */
  public double nextDouble(double low, double high) {
    return low + (high - low) * source.nextDouble();
  }

  /** Returns whether an event of this probability happens. */
  public boolean nextBoolean(double probability) {
    return source.nextDouble() < probability;
  }

  /** Returns a number of the standard normal distribution. */
  public double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double s = spare;
      spare = Double.NaN;
      return s;
    }
    double u;
    double v;
    double r;
    do {
      u = 2 * source.nextDouble() - 1;
      v = 2 * source.nextDouble() - 1;
      r = u * u + v * v;
    } while (r >= 1 || r == 0);
    double f = StrictMath.sqrt(-2 * StrictMath.log(r) / r);
    spare = v * f;
    return u * f;
  }

  /** Returns the numbers from 0 to before {@code n} in random order. */
  public int[] permutation(int n) {
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      int j = source.nextInt(i + 1);
      p[i] = p[j];
      p[j] = i;
    }
    return p;
  }
}
