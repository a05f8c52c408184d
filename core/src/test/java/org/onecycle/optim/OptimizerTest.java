package org.onecycle.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;

class OptimizerTest {
  private final List<Parameter> ps = Params.each(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  /** Three groups of four parameters. */
  private Optimizer three(OptimizerFactory f) {
    return f.create(List.of(ps.subList(0, 4), ps.subList(4, 8), ps.subList(8, 12)), .1);
  }

  private String training() {
    StringBuilder s = new StringBuilder();
    ps.forEach(p -> s.append(p.requiresGrad() ? 'T' : 'F'));
    return s.toString();
  }

  private void gradients() {
    ps.stream().filter(Parameter::requiresGrad).forEach(p -> Params.grad(p, 1));
  }

  @Test
  @DisplayName("GRP-09 freezeTo freezes the groups before, unfreeze none")
  void freezeTo() {
    Optimizer opt = three(Optimizers.sgd());
    opt.freezeTo(1);
    assertEquals("FFFFTTTTTTTT", training());
    assertEquals(1, opt.frozenTo());
    opt.freezeTo(-1);
    assertEquals("FFFFFFFFTTTT", training());
    opt.freezeTo(3);
    assertEquals("FFFFFFFFFFFF", training());
    opt.unfreeze();
    assertEquals("TTTTTTTTTTTT", training());
    assertThrows(IllegalArgumentException.class, () -> opt.freezeTo(4));
    assertThrows(IllegalArgumentException.class, () -> opt.freezeTo(-4));
  }

  @Test
  @DisplayName("GRP-10 parameters told to train do so in frozen groups")
  void forceTrain() {
    Optimizer opt = three(Optimizers.sgd());
    opt.state(ps.get(5)).forceTrain(true);
    opt.state(ps.get(7)).forceTrain(true);
    opt.freeze();
    assertEquals("FFFF" + "FTFT" + "TTTT", training());
    gradients();
    opt.step();
    double[] moved = Params.values(ps);
    for (int i = 0; i < 12; i++) {
      assertEquals(i + 1 - (ps.get(i).requiresGrad() ? .1 : 0), moved[i], 1e-14);
    }
  }

  @Test
  @DisplayName("GRP-11 clearing state keeps only the flags")
  void clearState() {
    Optimizer opt = three(Optimizers.adam());
    opt.state(ps.get(0)).doWd(false);
    opt.state(ps.get(1)).forceTrain(true);
    gradients();
    opt.step();
    assertEquals(2, opt.state(ps.get(0)).tensors().size());
    opt.setHyper(Hyper.WD, .3);
    opt.clearState();
    for (Parameter p : ps) {
      assertEquals(0, opt.state(p).step());
      assertTrue(opt.state(p).tensors().isEmpty());
      assertEquals(p != ps.get(0), opt.state(p).doWd());
      assertEquals(p == ps.get(1), opt.state(p).forceTrain());
    }
    assertEquals(.3, opt.groups().get(0).get(Hyper.WD));
  }

  @Test
  @DisplayName("GRP-16 trainable parameters")
  void trainableParams() {
    Linear2 linear = new Linear2();
    assertEquals(List.of(linear.w, linear.b), Optimizers.trainableParams(linear));
    linear.w.requiresGrad(false);
    assertEquals(List.of(linear.b), Optimizers.trainableParams(linear));
  }

  private static final class Linear2 extends Module {
    final Parameter w = parameter("weight", Tensor.ones(2, 2));
    final Parameter b = parameter("bias", Tensor.zeros(2));

    @Override
    public Tensor forward(Tensor... x) {
      return x[0].matmul(w.tensor()).add(b.tensor());
    }
  }

  @Test
  void aParameterMayBeSparedOfDecay() {
    for (boolean decoupled : new boolean[] {true, false}) {
      Parameter decays = Params.of(1);
      Parameter stays = Params.of(1);
      Optimizer opt = Optimizers.sgd(0, .5, decoupled).create(List.of(List.of(decays, stays)), .1);
      opt.state(stays).doWd(false);
      List.of(decays, stays).forEach(p -> Params.grad(p, 0));
      opt.step();
      assertEquals(.95, Params.values(decays)[0], 1e-15);
      assertEquals(1, Params.values(stays)[0], 0);
    }
  }

  @Test
  void freezingNeedsTwoGroups() {
    Optimizer opt = Optimizers.sgd().create(List.of(ps), .1);
    Exception e = assertThrows(IllegalStateException.class, opt::freeze);
    assertTrue(e.getMessage().contains("two or more"), e.getMessage());
  }

  @Test
  void adamDebiasesWithTheMomentumOfTheStep() {
    Parameter p = Params.of(1);
    Optimizer opt = Optimizers.adam(.9, .99, 1e-5, 0).create(List.of(List.of(p)), .1);
    Params.grad(p, .5);
    opt.step();
    double first = Params.values(p)[0];
    opt.setHyper(Hyper.MOM, .8);
    opt.step();
    double avg = .8 * (.1 * .5) + .2 * .5;
    double sqr = (.99 * .01 + .01) * .25;
    double root = Math.sqrt(sqr / (1 - .99 * .99)) + 1e-5;
    assertEquals(first - .1 / (1 - .64) * avg / root, Params.values(p)[0], 1e-14);
  }

  @Test
  void zeroGradForgetsAll() {
    Optimizer opt = three(Optimizers.sgd());
    gradients();
    opt.zeroGrad();
    ps.forEach(p -> assertNull(p.grad()));
    opt.step();
    assertEquals(1, Params.values(ps)[0]);
  }

  @Test
  void aForeignStateIsRefusedWhole() {
    Optimizer opt = three(Optimizers.adam());
    gradients();
    opt.step();
    OptimizerState good = opt.stateDict();
    Map<String, Tensor> wrong = new java.util.LinkedHashMap<>(good.tensors());
    wrong.put("3.grad_avg", Tensor.zeros(2));
    Map<String, Tensor> beyond = Map.of("12.grad_avg", Tensor.zeros(1));
    Map<String, Tensor> unnamed = Map.of("grad_avg", Tensor.zeros(1));
    opt.setHyper(Hyper.LR, .7);
    for (Map<String, Tensor> t : List.of(wrong, beyond, unnamed)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> opt.loadStateDict(new OptimizerState(good.hypers(), t)));
    }
    Optimizer other = Optimizers.adam().create(List.of(ps), .1);
    Exception e = assertThrows(IllegalArgumentException.class, () -> other.loadStateDict(good));
    assertTrue(e.getMessage().contains("3 parameter groups, this one 1"), e.getMessage());
    assertEquals(.7, opt.groups().get(0).lr());
    assertEquals(1, opt.state(ps.get(3)).step());
  }

  @Test
  void aSavedStateIsACopy() {
    Optimizer opt = three(Optimizers.adam());
    gradients();
    opt.step();
    OptimizerState saved = opt.stateDict();
    double before = saved.tensors().get("0.grad_avg").item();
    opt.step();
    assertEquals(before, saved.tensors().get("0.grad_avg").item());
    opt.loadStateDict(saved);
    opt.step();
    assertEquals(before, saved.tensors().get("0.grad_avg").item());
    assertEquals(1, saved.tensors().get("0.step").item());
  }

  @Test
  void printsItself() {
    String s = three(Optimizers.adam()).toString();
    assertTrue(s.contains("4 parameters, 4 elements (lr 0.10000, mom 0.90000, sqr_mom 0.99000"), s);
  }

  @Test
  void aUsersOwnStepperRuns() {
    Parameter p = Params.of(1, 2);
    Stepper sign =
        (q, state, group) ->
            q.assign(
                q.tensor().sub(q.grad().apply(org.onecycle.backend.Unary.SIGN).mul(group.lr())));
    Optimizer opt = new Optimizer(List.of(List.of(p)), List.of(sign), Map.of(Hyper.LR, .5));
    Params.grad(p, -3, 7);
    opt.step();
    assertArrayEquals(new double[] {1.5, 1.5}, Params.values(p), 0);
    assertFalse(opt.hasHyper(Hyper.MOM));
  }

  @Test
  void everyOptimiserFindsTheBottomOfABowl() {
    Map<String, OptimizerFactory> all =
        Map.of(
            "sgd", Optimizers.sgd(),
            "momentum", Optimizers.sgd(.9, 0),
            "adam", Optimizers.adam(.9, .99, 1e-5, 0),
            "rmsProp", Optimizers.rmsProp(),
            "radam", Optimizers.radam(),
            "ranger", Optimizers.ranger());
    all.forEach(
        (name, f) -> {
          Parameter p = Params.of(DType.FLOAT, 1, -2, .5);
          Optimizer opt = f.create(List.of(List.of(p)), .1);
          Schedule lr = Schedules.schedCos(.1, 0);
          double[] scale = {1, 3, .5};
          for (int i = 0; i < 300; i++) {
            opt.setHyper(Hyper.LR, lr.at(i / 300.0));
            try (Scope s = Scope.open()) {
              Tensor x = p.tensor().sub(1);
              x.square().mul(Tensor.of(scale, 3).to(DType.FLOAT)).sum().backward();
            }
            opt.step();
            opt.zeroGrad();
          }
          for (double v : Params.values(p)) {
            assertEquals(1, v, .02, name);
          }
        });
  }

  @Test
  void stepsLeaveNativeMemoryFlat() {
    for (OptimizerFactory f :
        List.of(Optimizers.adam(), Optimizers.sgd(.9, .1), Optimizers.ranger())) {
      Parameter p = Params.of(DType.FLOAT, IntStream.range(0, 1000).asDoubleStream().toArray());
      Optimizer opt = f.create(List.of(List.of(p)), 1e-3);
      long used = 0;
      long held = 0;
      for (int i = 0; i < 110; i++) {
        try (Scope s = Scope.open()) {
          p.tensor().square().sum().backward();
          opt.step();
          opt.zeroGrad();
        }
        if (i == 9) {
          used = MemoryUse.now().used();
          held = used + MemoryUse.now().pooled();
        }
      }
      assertTrue(MemoryUse.now().used() <= used, "used");
      assertTrue(MemoryUse.now().used() + MemoryUse.now().pooled() <= held, "held");
      assertFalse(opt.state(p).tensors().values().iterator().next().value().inScope());
    }
  }
}
