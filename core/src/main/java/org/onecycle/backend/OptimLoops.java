package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The loops of {@link HostOptim}, in FLOAT: each works on Java arrays alone, which is what the
 * compiler needs to turn it into vector instructions. Chunks come as parameter, average square,
 * mean, gradient, of which some are missing.
 */
final class OptimLoops {
  private OptimLoops() {}

  static HostPass.Loop of(OptimKernels.Rule rule, boolean hasMean) {
    if (rule instanceof OptimKernels.Sgd by) {
      return sgd(by, hasMean);
    }
    return rule instanceof OptimKernels.Adaptive by
        ? adaptive(by, hasMean)
        : lookahead((OptimKernels.Lookahead) rule);
  }

  private static HostPass.Loop sgd(OptimKernels.Sgd by, boolean hasMean) {
    float lr = (float) by.lr();
    float mom = (float) by.mom();
    float shrink = (float) by.shrink();
    float l2 = (float) by.l2();
    return hasMean
        ? (x, n, part) -> momentum(x[0], x[1], x[2], n, lr, mom, shrink, l2)
        : (x, n, part) -> plain(x[0], x[1], n, lr, shrink, l2);
  }

  private static void plain(float[] p, float[] g, int n, float lr, float shrink, float l2) {
    for (int i = 0; i < n; i++) {
      float w = p[i] * shrink;
      p[i] = w - lr * (g[i] + l2 * w);
    }
  }

  private static void momentum(
      float[] p, float[] avg, float[] g, int n, float lr, float mom, float shrink, float l2) {
    for (int i = 0; i < n; i++) {
      float w = p[i] * shrink;
      float a = mom * avg[i] + (g[i] + l2 * w);
      avg[i] = a;
      p[i] = w - lr * a;
    }
  }

  private static HostPass.Loop lookahead(OptimKernels.Lookahead by) {
    float alpha = (float) by.alpha();
    return (x, n, part) -> lookahead(x[0], x[1], n, alpha);
  }

  private static void lookahead(float[] p, float[] slow, int n, float alpha) {
    for (int i = 0; i < n; i++) {
      float s = slow[i] + alpha * (p[i] - slow[i]);
      slow[i] = s;
      p[i] = s;
    }
  }

  private static HostPass.Loop adaptive(OptimKernels.Adaptive by, boolean hasMean) {
    float lr = (float) by.lr();
    if (hasMean && by.direction().beta() == 0) {
      return (x, n, part) -> adam(by, x, n);
    }
    return (x, n, part) -> {
      average(by, x, hasMean, n);
      direction(by.direction(), x, hasMean, n);
      descend(x[0], free(x, hasMean), n, lr);
    };
  }

  /** All parts of the most frequent step in one loop: the chunks are read and written once. */
  private static void adam(OptimKernels.Adaptive by, float[][] x, int n) {
    prepare(by, x[0], x[3], n);
    OptimKernels.Averages a = by.averages();
    OptimKernels.Direction d = by.direction();
    float b2 = (float) a.sqrMom();
    float c2 = (float) (1 - a.sqrMom());
    float ofGrad = (float) d.ofGrad();
    float ofMean = (float) d.ofMean();
    float ofSquare = (float) d.ofSquare();
    float ofGradSquare = (float) d.ofGradSquare();
    float eps = (float) d.eps();
    float lr = (float) by.lr();
    adam(
        x[0],
        x[1],
        x[2],
        x[3],
        n,
        (float) a.mom(),
        (float) a.damp(),
        b2,
        c2,
        ofGrad,
        ofMean,
        ofSquare,
        ofGradSquare,
        eps,
        lr);
  }

  private static void adam(
      float[] p,
      float[] v,
      float[] m,
      float[] g,
      int n,
      float b1,
      float c1,
      float b2,
      float c2,
      float ofGrad,
      float ofMean,
      float ofSquare,
      float ofGradSquare,
      float eps,
      float lr) {
    for (int i = 0; i < n; i++) {
      float gg = g[i] * g[i];
      float mean = b1 * m[i] + c1 * g[i];
      float square = b2 * v[i] + c2 * gg;
      float root = (float) Math.sqrt(ofSquare * square + ofGradSquare * gg) + eps;
      m[i] = mean;
      v[i] = square;
      p[i] -= lr * ((ofGrad * g[i] + ofMean * mean) / root);
    }
  }

  private static float[] free(float[][] x, boolean hasMean) {
    return x[hasMean ? 4 : 3];
  }

  /** Adaptive descent whose rate is known only when all elements have been seen: two passes. */
  static final class Scaled {
    private final OptimKernels.Adaptive by;
    private final FloatBuffer[] memory;
    private final double[] sizes;
    private final double[] lengths;

    Scaled(OptimKernels.Adaptive by, FloatBuffer[] memory) {
      this.by = by;
      this.memory = memory;
      sizes = new double[HostPass.parts(memory[0].capacity())];
      lengths = new double[sizes.length];
    }

    private boolean hasMean() {
      return memory.length == 4;
    }

    HostPass first() {
      HostPass.Loop loop =
          (x, n, part) -> {
            average(by, x, hasMean(), n);
            direction(by.direction(), x, hasMean(), n);
            sizes[part] += squares(x[0], n);
            lengths[part] += squares(free(x, hasMean()), n);
          };
      return new HostPass(loop, memory.length - 1, memory);
    }

    HostPass second() {
      double size = Math.sqrt(Arrays.stream(sizes).sum());
      double length = Math.sqrt(Arrays.stream(lengths).sum());
      double q = size == 0 || length == 0 ? 1 : Math.min(size / length, by.largest());
      float lr = (float) (by.lr() * q);
      float l2 = (float) by.l2();
      HostPass.Loop loop =
          (x, n, part) -> {
            regularize(x[0], x[memory.length - 1], n, l2);
            direction(by.direction(), x, hasMean(), n);
            descend(x[0], free(x, hasMean()), n, lr);
          };
      return new HostPass(loop, 1, memory);
    }
  }

  // ---- the parts of adaptive descent

  /** Shrinks the parameter, regularises the gradient and averages it. */
  private static void average(OptimKernels.Adaptive by, float[][] x, boolean hasMean, int n) {
    OptimKernels.Averages a = by.averages();
    float[] g = x[hasMean ? 3 : 2];
    prepare(by, x[0], g, n);
    float b2 = (float) a.sqrMom();
    float c2 = (float) (1 - a.sqrMom());
    if (hasMean) {
      averages(x[2], x[1], g, n, (float) a.mom(), (float) a.damp(), b2, c2);
    } else {
      average(x[1], g, n, b2, c2);
    }
  }

  private static void prepare(OptimKernels.Adaptive by, float[] p, float[] g, int n) {
    if (by.shrink() != 1) {
      scale(p, n, (float) by.shrink());
    }
    if (by.l2() != 0) {
      regularize(p, g, n, (float) by.l2());
    }
  }

  private static void regularize(float[] p, float[] g, int n, float l2) {
    for (int i = 0; i < n; i++) {
      g[i] += l2 * p[i];
    }
  }

  private static void averages(
      float[] m, float[] v, float[] g, int n, float b1, float c1, float b2, float c2) {
    for (int i = 0; i < n; i++) {
      m[i] = b1 * m[i] + c1 * g[i];
      v[i] = b2 * v[i] + c2 * (g[i] * g[i]);
    }
  }

  private static void average(float[] v, float[] g, int n, float b2, float c2) {
    for (int i = 0; i < n; i++) {
      v[i] = b2 * v[i] + c2 * (g[i] * g[i]);
    }
  }

  /** Leaves the direction in the free chunk. */
  private static void direction(OptimKernels.Direction by, float[][] x, boolean hasMean, int n) {
    float[] out = free(x, hasMean);
    float[] g = x[hasMean ? 3 : 2];
    float ofGrad = (float) by.ofGrad();
    float ofMean = (float) by.ofMean();
    root(x[1], g, out, n, (float) by.ofSquare(), (float) by.ofGradSquare(), (float) by.eps());
    if (by.beta() != 0) {
      softplus(out, n, by.beta());
    }
    if (hasMean) {
      divide(g, x[2], out, n, ofGrad, ofMean);
    } else {
      divide(g, out, n, ofGrad);
    }
  }

  private static void root(
      float[] v, float[] g, float[] out, int n, float ofSquare, float ofGradSquare, float eps) {
    for (int i = 0; i < n; i++) {
      out[i] = (float) Math.sqrt(ofSquare * v[i] + ofGradSquare * (g[i] * g[i])) + eps;
    }
  }

  private static void softplus(float[] x, int n, double beta) {
    for (int i = 0; i < n; i++) {
      // A root is not negative, so this cannot overflow.
      x[i] += (float) (Math.log1p(Math.exp(-beta * x[i])) / beta);
    }
  }

  private static void divide(float[] g, float[] m, float[] out, int n, float ofGrad, float ofMean) {
    for (int i = 0; i < n; i++) {
      out[i] = (ofGrad * g[i] + ofMean * m[i]) / out[i];
    }
  }

  private static void divide(float[] g, float[] out, int n, float ofGrad) {
    for (int i = 0; i < n; i++) {
      out[i] = ofGrad * g[i] / out[i];
    }
  }

  private static void descend(float[] p, float[] direction, int n, float lr) {
    for (int i = 0; i < n; i++) {
      p[i] -= lr * direction[i];
    }
  }

  // ---- sums

  static void scale(float[] x, int n, float factor) {
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  /** Sums in eight strands, which run side by side, in double precision. */
  static double squares(float[] x, int n) {
    double[] s = new double[8];
    int whole = n & -8;
    for (int i = 0; i < whole; i += 8) {
      for (int k = 0; k < 8; k++) {
        double v = x[i + k];
        s[k] += v * v;
      }
    }
    for (int i = whole; i < n; i++) {
      double v = x[i];
      s[0] += v * v;
    }
    return Arrays.stream(s).sum();
  }
}
