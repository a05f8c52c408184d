package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.backend.OptimKernels.Adaptive;
import org.onecycle.backend.OptimKernels.Averages;
import org.onecycle.backend.OptimKernels.Direction;
import org.onecycle.backend.OptimKernels.Lookahead;
import org.onecycle.backend.OptimKernels.Rule;
import org.onecycle.backend.OptimKernels.Sgd;
import org.onecycle.backend.OptimKernels.Update;
import org.onecycle.testing.HashRule;

/** The fused steps in FLOAT do what single operations do in DOUBLE. */
class OptimKernelsTest {
  private static final Averages DAMPENED = new Averages(.9, .1, .99);

  private final OptimKernels nd4j = new Nd4jOptim();
  private final OptimKernels host =
      new HostOptim(
          new OptimKernels() {
            @Override
            public void step(List<Update> updates) {
              throw new AssertionError("handed down");
            }

            @Override
            public double squares(List<Array> arrays) {
              throw new AssertionError("handed down");
            }

            @Override
            public void scale(List<Array> arrays, double factor) {
              throw new AssertionError("handed down");
            }
          });

  /** A rule at step t, and whether there is a mean. */
  private record Case(IntFunction<Rule> rule, boolean mean) {}

  private static Direction adam(int t) {
    return new Direction(0, 1, 1 / (1 - Math.pow(.99, t)), 0, 1e-5, 0);
  }

  private static Map<String, Case> cases() {
    Map<String, Case> all = new LinkedHashMap<>();
    all.put("sgd", new Case(t -> new Sgd(.1 / t, 0, 1, 0), false));
    all.put("sgd l2", new Case(t -> new Sgd(.1 / t, 0, .9, .1), false));
    all.put("momentum", new Case(t -> new Sgd(.1 / t, .9, 1, 0), true));
    all.put("momentum wd", new Case(t -> new Sgd(.1 / t, .9, .9, .1), true));
    all.put("adam", new Case(t -> new Adaptive(.1, 1, 0, DAMPENED, adam(t), 0), true));
    all.put("adam wd", new Case(t -> new Adaptive(.1, .9, .1, DAMPENED, adam(t), 0), true));
    all.put("lamb", new Case(t -> new Adaptive(.1, .9, .1, DAMPENED, adam(t), .7), true));
    all.put("lamb free", new Case(t -> new Adaptive(.1, .9, 0, DAMPENED, adam(t), 10), true));
    Direction soft = new Direction(0, 1, 2, 0, 1e-5, .5);
    all.put("softplus", new Case(t -> new Adaptive(.1, .9, 0, DAMPENED, soft, 0), true));
    Direction mean = new Direction(0, 1, 0, 0, 1, 0);
    all.put("mean alone", new Case(t -> new Adaptive(.1, .9, 0, DAMPENED, mean, 0), true));
    Direction mixed = new Direction(.3, .7, .8, .2, 1e-5, 0);
    all.put("mixed", new Case(t -> new Adaptive(.1, .9, .1, DAMPENED, mixed, 0), true));
    Direction gradient = new Direction(1, 0, 1, 0, 1e-5, 0);
    Averages square = new Averages(0, 1, .99);
    all.put("rms", new Case(t -> new Adaptive(.1, .9, .1, square, gradient, 0), false));
    return all;
  }

  private static Array array(DType dtype, double[] values) {
    Array a = Array.empty(dtype, values.length);
    Host.put(values, a);
    return a;
  }

  private static double[] values(String key, int n) {
    float[] f = HashRule.input(key, n);
    double[] d = new double[n];
    Arrays.setAll(d, i -> f[i]);
    return d;
  }

  /** Three steps of two parameters at once. */
  private static double[] run(OptimKernels kernels, DType dtype, Case c, int n) {
    try (Scope s = Scope.open()) {
      List<Array[]> parameters = new ArrayList<>();
      for (String key : new String[] {"p", "q"}) {
        parameters.add(
            new Array[] {
              array(dtype, values(key, n)),
              array(dtype, values(key + "g", n)),
              c.mean ? array(dtype, new double[n]) : null,
              c.rule.apply(1) instanceof Adaptive ? array(dtype, new double[n]) : null
            });
      }
      for (int t = 1; t <= 3; t++) {
        Rule rule = c.rule.apply(t);
        kernels.step(
            parameters.stream().map(a -> new Update(a[0], a[1], a[2], a[3], rule)).toList());
      }
      return parameters.stream()
          .flatMap(Arrays::stream)
          .filter(a -> a != null)
          .flatMapToDouble(a -> Arrays.stream(Host.doubles(a)))
          .toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 4096, 5000, 140_001})
  void agree(int n) {
    cases()
        .forEach(
            (name, c) -> {
              double[] expected = run(nd4j, DType.DOUBLE, c, n);
              // Among many gradients one is nearly zero, where the direction is ill-conditioned.
              double tolerance = n < 100_000 ? 2e-5 : 1e-4;
              assertArrayEquals(expected, run(host, DType.FLOAT, c, n), tolerance, name);
              if (n < 100_000) {
                assertArrayEquals(expected, run(nd4j, DType.FLOAT, c, n), 2e-5, name);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 70_000})
  void lookahead(int n) {
    for (OptimKernels kernels : new OptimKernels[] {nd4j, host}) {
      try (Scope s = Scope.open()) {
        double[] fast = values("fast", n);
        double[] slow = values("slow", n);
        Array p = array(DType.FLOAT, fast);
        Array q = array(DType.FLOAT, slow);
        kernels.step(List.of(new Update(p, null, q, null, new Lookahead(.3))));
        double[] between = new double[n];
        Arrays.setAll(between, i -> slow[i] + .3 * (fast[i] - slow[i]));
        assertArrayEquals(between, Host.doubles(p), 1e-6);
        assertArrayEquals(between, Host.doubles(q), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 200_001})
  void squaresAndScale(int n) {
    double[] x = values("x", n);
    double[] y = values("y", 7);
    double expected = Arrays.stream(x).map(v -> v * v).sum();
    expected += Arrays.stream(y).map(v -> v * v).sum();
    for (OptimKernels kernels : new OptimKernels[] {nd4j, host}) {
      try (Scope s = Scope.open()) {
        List<Array> arrays = List.of(array(DType.FLOAT, x), array(DType.FLOAT, y));
        double exact = kernels == host ? 1e-12 : 1e-5;
        assertEquals(expected, kernels.squares(arrays), exact * expected);
        kernels.scale(arrays, -.5);
        for (Array a : arrays) {
          double[] before = a == arrays.get(0) ? x : y;
          double[] half = Arrays.stream(before).map(v -> -.5 * v).toArray();
          assertArrayEquals(half, Host.doubles(a), 0);
        }
      }
    }
  }

  @Test
  void doesWhatItCannotDoItselfByOperations() {
    OptimKernels both = new HostOptim(nd4j);
    Case adam = cases().get("adam wd");
    assertArrayEquals(run(nd4j, DType.DOUBLE, adam, 9), run(both, DType.DOUBLE, adam, 9), 0);
    try (Scope s = Scope.open()) {
      List<Array> mixed =
          List.of(array(DType.DOUBLE, new double[] {3}), array(DType.FLOAT, new double[] {4}));
      assertEquals(25, both.squares(mixed), 1e-12);
      both.scale(mixed, 2);
      assertEquals(100, both.squares(mixed), 1e-12);
    }
  }

  @Test
  void theSumOfSquaresIsTheSameInEveryRun() {
    try (Scope s = Scope.open()) {
      List<Array> x = List.of(array(DType.FLOAT, values("x", 700_000)));
      double first = host.squares(x);
      assertTrue(first > 0);
      for (int i = 0; i < 20; i++) {
        assertEquals(first, host.squares(x), 0);
      }
    }
  }

  @Test
  @DisplayName("a small gradient meets epsilon where Adam puts it, not where adam_updater does")
  void epsilon() {
    for (OptimKernels kernels : new OptimKernels[] {nd4j, new HostOptim(nd4j)}) {
      for (DType dtype : new DType[] {DType.FLOAT, DType.DOUBLE}) {
        for (int t : new int[] {1, 5}) {
          try (Scope s = Scope.open()) {
            Array p = array(dtype, new double[] {0});
            double g = 1e-6;
            Array m = array(dtype, new double[] {g * (1 - Math.pow(.9, t - 1))});
            Array v = array(dtype, new double[] {g * g * (1 - Math.pow(.999, t - 1))});
            Direction d = new Direction(0, 1, 1 / (1 - Math.pow(.999, t)), 0, 1e-5, 0);
            double lr = 1e-3 / (1 - Math.pow(.9, t));
            Rule rule = new Adaptive(lr, 1, 0, new Averages(.9, 1 - .9, .999), d, 0);
            kernels.step(List.of(new Update(p, array(dtype, new double[] {g}), m, v, rule)));
            double expected = -1e-3 * g / (g + 1e-5);
            double exact = dtype == DType.DOUBLE ? 1e-11 : 1e-5;
            assertEquals(expected, Host.doubles(p)[0], exact * Math.abs(expected));
          }
        }
      }
    }
  }
}
