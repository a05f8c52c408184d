package org.onecycle.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.nn.Parameter;

/** The optimisers' numbered vectors. */
class OptimizerVectorsTest {
  private static final double[] P = {1, 2, 3};
  private static final double[] G = {.1, .2, .3};

  private static Optimizer make(OptimizerFactory f, double lr, Parameter... ps) {
    return f.create(List.of(List.of(ps)), lr);
  }

  private static Optimizer of(List<Stepper> steppers, Map<String, Double> hypers, Parameter p) {
    return new Optimizer(List.of(List.of(p)), steppers, hypers);
  }

  private static void check(OptimizerFactory f, double lr, double tolerance, double[]... steps) {
    Parameter p = Params.of(P);
    Optimizer opt = make(f, lr, p);
    for (double[] expected : steps) {
      Params.grad(p, G);
      opt.step();
      assertArrayEquals(expected, Params.values(p), tolerance);
    }
  }

  @Test
  @DisplayName("OPT-01 p = 1, g = .1, lr 1 gives .9")
  void sgdStep() {
    Parameter p = Params.of(1);
    Params.grad(p, .1);
    make(Optimizers.sgd(), 1, p).step();
    assertArrayEquals(new double[] {.9}, Params.values(p), 1e-15);
    of(List.of(Steppers.sgdStep()), Map.of(Hyper.LR, 1.0), p).step();
    assertArrayEquals(new double[] {.8}, Params.values(p), 1e-15);
  }

  @Test
  @DisplayName("OPT-02 decoupled decay shrinks the parameter, not the gradient")
  void decoupled() {
    Parameter p = Params.of(1);
    Params.grad(p, .1);
    of(List.of(Steppers.weightDecay()), Map.of(Hyper.LR, 1.0, Hyper.WD, .1), p).step();
    assertArrayEquals(new double[] {.9}, Params.values(p), 1e-15);
    assertArrayEquals(new double[] {.1}, p.grad().toDoubles(), 0);
  }

  @Test
  @DisplayName("OPT-03 L2 adds to the gradient, not to the parameter")
  void l2() {
    Parameter p = Params.of(1);
    Params.grad(p, .1);
    of(List.of(Steppers.l2Reg()), Map.of(Hyper.LR, 1.0, Hyper.WD, .1), p).step();
    assertArrayEquals(new double[] {1}, Params.values(p), 0);
    assertArrayEquals(new double[] {.2}, p.grad().toDoubles(), 1e-15);
  }

  @Test
  @DisplayName("OPT-05 a parameter without gradient is skipped")
  void noGradient() {
    List<Parameter> ps = Params.each(0, 1, 2, 3);
    for (int i = 0; i < 3; i++) {
      Params.grad(ps.get(i), .1 * i);
    }
    Optimizer opt = Optimizers.sgd(.9, 0).create(List.of(ps), .1);
    opt.step();
    assertArrayEquals(new double[] {0, .99, 1.98, 3}, Params.values(ps), 1e-15);
    assertEquals(1, opt.state(ps.get(0)).step());
    assertEquals(0, opt.state(ps.get(3)).step());
    assertEquals(Map.of(), opt.state(ps.get(3)).tensors());
  }

  @Test
  @DisplayName("OPT-06 each group has its own learning rate")
  void perGroup() {
    List<Parameter> ps = Params.each(0, 1, 2, 3);
    for (int i = 0; i < 4; i++) {
      Params.grad(ps.get(i), .1 * i);
    }
    Optimizer opt = Optimizers.sgd().create(List.of(ps.subList(0, 2), ps.subList(2, 4)), 1);
    opt.setLr(Lr.each(.01, .1));
    opt.step();
    assertArrayEquals(new double[] {0, .999, 1.98, 2.97}, Params.values(ps), 1e-15);
  }

  @Test
  @DisplayName("OPT-07 the average gradient, dampened or not")
  void averageGrad() {
    for (boolean damp : new boolean[] {false, true}) {
      Parameter p = Params.of(0, 0, 0);
      Params.grad(p, 4, 5, 6);
      Optimizer opt = of(List.of(Steppers.averageGrad(damp)), Map.of(Hyper.MOM, .9), p);
      double[] factors = damp ? new double[] {.1, .19} : new double[] {1, 1.9};
      for (double f : factors) {
        opt.step();
        assertArrayEquals(
            new double[] {4 * f, 5 * f, 6 * f},
            opt.state(p).tensors().get("grad_avg").toDoubles(),
            1e-14);
      }
    }
  }

  @Test
  @DisplayName("OPT-08 the average squared gradient, dampened or not")
  void averageSqrGrad() {
    for (boolean damp : new boolean[] {false, true}) {
      Parameter p = Params.of(0, 0, 0);
      Params.grad(p, 4, 5, 6);
      Optimizer opt = of(List.of(Steppers.averageSqrGrad(damp)), Map.of(Hyper.SQR_MOM, .99), p);
      double[] factors = damp ? new double[] {.01, .0199} : new double[] {1, 1.99};
      for (double f : factors) {
        opt.step();
        assertArrayEquals(
            new double[] {16 * f, 25 * f, 36 * f},
            opt.state(p).tensors().get("sqr_avg").toDoubles(),
            1e-13);
      }
    }
  }

  @Test
  @DisplayName("OPT-09 SGD with and without momentum")
  void sgd() {
    List<Parameter> ps = Params.each(0, 1, 2, 3);
    List<Parameter> qs = Params.each(0, 1, 2, 3);
    Optimizer plain = Optimizers.sgd().create(List.of(ps), .1);
    Optimizer mom = Optimizers.sgd(.9, 0).create(List.of(qs), .1);
    double[] plainFactors = {.99, .98};
    double[] momFactors = {.99, 1 - .1 * (.1 + .19)};
    for (int step = 0; step < 2; step++) {
      for (int i = 0; i < 4; i++) {
        Params.grad(ps.get(i), .1 * i);
        Params.grad(qs.get(i), .1 * i);
      }
      plain.step();
      mom.step();
      for (int i = 0; i < 4; i++) {
        assertEquals(i * plainFactors[step], Params.values(ps)[i], 1e-14);
        assertEquals(i * momFactors[step], Params.values(qs)[i], 1e-14);
      }
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(.19 * i, mom.state(qs.get(i)).tensors().get("grad_avg").toDoubles()[0], 1e-14);
    }
  }

  @Test
  @DisplayName("OPT-11 RMSProp")
  void rmsProp() {
    double second = .01 / (Math.sqrt(.0199 * .01) + 1e-8);
    check(
        Optimizers.rmsProp(),
        .1,
        1e-6,
        new double[] {0, 1, 2},
        new double[] {-second, 1 - second, 2 - second});
  }

  @Test
  @DisplayName("OPT-12 the step counter")
  void counter() {
    Parameter p = Params.of(P);
    Optimizer opt = make(Optimizers.adam(), .1, p);
    for (int i = 1; i <= 6; i++) {
      Params.grad(p, G);
      opt.step();
      assertEquals(i, opt.state(p).step());
    }
  }

  @Test
  @DisplayName("OPT-13 Adam, about")
  void adamAbout() {
    check(
        Optimizers.adam(.9, .99, 1e-5, 0),
        .1,
        1e-3,
        new double[] {.9, 1.9, 2.9},
        new double[] {.8, 1.8, 2.8});
  }

  @Test
  @DisplayName("OPT-14 Adam, exactly")
  void adam() {
    check(
        Optimizers.adam(.9, .99, 1e-5, 0),
        .1,
        1e-8,
        new double[] {.900009999, 1.900005, 2.90000333},
        new double[] {.800019998, 1.80001, 2.80000667});
  }

  @Test
  @DisplayName("OPT-15 Adam with fastai's defaults")
  void adamDefaults() {
    check(
        Optimizers.adam(),
        .1,
        1e-8,
        new double[] {.899009999, 1.898005, 2.89700333},
        new double[] {.798120988, 1.79611199, 2.79410966},
        new double[] {.697332866, 1.69432088, 2.69131889});
  }

  @Test
  @DisplayName("OPT-17 Adam with L2")
  void adamL2() {
    check(
        Optimizers.adam(.9, .99, 1e-5, .01, false),
        .1,
        1e-8,
        new double[] {.90000909, 1.90000455, 2.90000303},
        new double[] {.800040998, 1.8000202, 2.8000134});
  }

  @Test
  @DisplayName("OPT-18 Adam with gradients that change sign")
  void adamSigns() {
    Parameter p = Params.of(P);
    Optimizer opt = make(Optimizers.adam(), .1, p);
    Params.grad(p, .1, -.2, .3);
    opt.step();
    assertArrayEquals(new double[] {.899009999, 2.097995, 2.89700333}, Params.values(p), 1e-8);
    Params.grad(p, -.05, .1, .6);
    opt.step();
    assertArrayEquals(new double[] {.871444424, 2.12256526, 2.79772087}, Params.values(p), 1e-8);
  }

  @Test
  @DisplayName("OPT-19, OPT-20 RAdam trusts the squares from step 6 on")
  void radam() {
    Parameter p = Params.of(P);
    Optimizer opt = make(Optimizers.radam(), .1, p);
    double[][] expected = {
      {.95, 1.9, 2.85},
      {.941832897, 1.89183249, 2.84183235},
      {.931464321, 1.88146339, 2.83146309}
    };
    for (int step = 1; step <= 7; step++) {
      Params.grad(p, G);
      opt.step();
      if (step >= 5) {
        assertArrayEquals(expected[step - 5], Params.values(p), 1e-8);
      }
    }
  }

  @Test
  @DisplayName("OPT-21 QHAdam")
  void qhAdam() {
    double[] moved = new double[3];
    for (int i = 0; i < 3; i++) {
      moved[i] = P[i] - .1 * G[i] / (G[i] + 1e-8);
    }
    check(Optimizers.qhAdam(), .1, 1e-9, moved);
  }

  @Test
  @DisplayName("OPT-23 LAMB")
  void lamb() {
    check(Optimizers.lamb(0), .1, 1e-8, new double[] {.78398371, 1.78397291, 2.78396931});
  }

  @Test
  @DisplayName("OPT-24 Lookahead over SGD")
  void lookahead() {
    Parameter p = Params.of(P);
    Optimizer opt = make(Optimizers.lookahead(Optimizers.sgd()), .1, p);
    for (int step = 1; step <= 6; step++) {
      Params.grad(p, G);
      opt.step();
      double back = step == 6 ? .3 : .1 * step;
      for (int i = 0; i < 3; i++) {
        assertEquals(P[i] - back * G[i], Params.values(p)[i], 1e-14);
      }
    }
  }

  @Test
  @DisplayName("OPT-25 a state dict restores averages and hyper-parameters")
  void stateDict() {
    Parameter p = Params.of(P);
    Optimizer opt = make(Optimizers.adam(), .1, p);
    Params.grad(p, G);
    opt.step();
    OptimizerState saved = opt.stateDict();
    Parameter q = Params.of(Params.values(p));
    Optimizer other = make(Optimizers.adam(.99, .9, 1e-3, .5), .3, q);
    other.loadStateDict(saved);
    assertEquals(.9, other.groups().get(0).get(Hyper.MOM));
    assertEquals(new LinkedHashMap<>(opt.groups().get(0).hypers()), other.groups().get(0).hypers());
    assertArrayEquals(
        new double[] {.01, .02, .03}, other.state(q).tensors().get("grad_avg").toDoubles(), 1e-15);
    List<Parameter> both = new ArrayList<>(List.of(p, q));
    for (int i = 0; i < 3; i++) {
      both.forEach(x -> Params.grad(x, .3, -.2, .1));
      opt.step();
      other.step();
    }
    assertArrayEquals(Params.values(p), Params.values(q), 0);
    assertEquals(4, other.state(q).step());
  }

  @Test
  @DisplayName("OPT-26 Adam is the papers' AdamW, and without decoupling Adam with L2")
  void adamOfThePapers() {
    for (boolean decoupled : new boolean[] {true, false}) {
      Parameter p = Params.of(P);
      Optimizer opt = make(Optimizers.adam(.9, .99, 1e-5, .01, decoupled), .1, p);
      double[] expected = P.clone();
      double[] m = new double[3];
      double[] v = new double[3];
      for (int t = 1; t <= 4; t++) {
        double[] grad = {.1 * t, -.2, .3 / t};
        for (int i = 0; i < 3; i++) {
          double g = decoupled ? grad[i] : grad[i] + .01 * expected[i];
          double decayed = decoupled ? expected[i] - .1 * .01 * expected[i] : expected[i];
          m[i] = .9 * m[i] + .1 * g;
          v[i] = .99 * v[i] + .01 * g * g;
          double mean = m[i] / (1 - Math.pow(.9, t));
          double square = v[i] / (1 - Math.pow(.99, t));
          expected[i] = decayed - .1 * mean / (Math.sqrt(square) + 1e-5);
        }
        Params.grad(p, grad);
        opt.step();
        assertArrayEquals(expected, Params.values(p), 1e-12);
      }
    }
  }
}
