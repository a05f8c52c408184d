package org.onecycle.testing;

import java.nio.charset.StandardCharsets;

/**
 * The parity fixtures' weights and inputs that are not on disk: a FNV-1a key, SplitMix64 and a
 * scale, bit-equal to what the reference runs used.
 */
public final class HashRule {
  private HashRule() {}

  /** Uniform value {@code i} of the key, in [-1, 1), exact in float. */
  private static double uniform(long key, long i) {
    long z = key + (i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / 8388608.0 - 1;
  }

  private static long fnv(String key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** {@code count(shape)} values {@code u * scale + offset} of the key {@code fixture/name}. */
  public static float[] floats(String key, double scale, double offset, long... shape) {
    long k = fnv(key);
    float[] out = new float[count(shape)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (uniform(k, i) * scale + offset);
    }
    return out;
  }

  /** An input: values in [-1, 1). */
  public static float[] input(String key, long... shape) {
    return floats(key, 1, 0, shape);
  }

  /** Integers in [0, n). */
  public static long[] ints(String key, int n, long... shape) {
    long k = fnv(key);
    long[] out = new long[count(shape)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (long) ((uniform(k, i) + 1) / 2 * n);
    }
    return out;
  }

  /**
   * A parameter by the rule for its kind: two or more dimensions are scaled by sqrt(6 / fan in), a
   * batch norm's weight is about 1, every other vector about 0.
   */
  public static float[] parameter(String key, boolean normWeight, long... shape) {
    if (shape.length < 2) {
      return floats(key, .1, normWeight ? 1 : 0, shape);
    }
    return floats(key, Math.sqrt(6.0 / (count(shape) / shape[0])), 0, shape);
  }

  private static int count(long... shape) {
    long n = 1;
    for (long size : shape) {
      n *= size;
    }
    return Math.toIntExact(n);
  }
}
