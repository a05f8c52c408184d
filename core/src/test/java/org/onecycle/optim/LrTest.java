package org.onecycle.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.optim.Lr.evenMults;
import static org.onecycle.optim.Lr.slice;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.nn.Parameter;

class LrTest {
  private static Optimizer groups(int n) {
    List<Parameter> ps = Params.each(new double[n]);
    return Optimizers.sgd().create(ps.stream().map(List::of).toList(), 1);
  }

  private static void same(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6 * expected[i]);
    }
  }

  @Test
  @DisplayName("GRP-01 groups are as given")
  void groupsAsGiven() {
    List<Parameter> ps = Params.each(1, 2, 3);
    assertEquals(1, Optimizers.sgd().create(List.of(ps), 1).groups().size());
    Optimizer two = Optimizers.sgd().create(List.of(ps.subList(0, 2), ps.subList(2, 3)), 1);
    assertEquals(List.of(2, 1), two.groups().stream().map(g -> g.parameters().size()).toList());
    assertThrows(
        IllegalArgumentException.class,
        () -> Optimizers.sgd().create(List.of(ps, ps.subList(0, 1)), 1));
    assertThrows(IllegalArgumentException.class, () -> Optimizers.sgd().create(List.of(), 1));
  }

  @Test
  @DisplayName("GRP-03 a slice over three groups")
  void sliceOverThree() {
    Optimizer opt = groups(3);
    opt.setLr(slice(1e-4, 1e-2));
    same(new double[] {1e-4, 1e-3, 1e-2}, opt.hyper(Hyper.LR));
  }

  @Test
  @DisplayName("GRP-04 a list sets each group; another number is an error that names both")
  void list() {
    Optimizer opt = groups(2);
    opt.setLr(Lr.each(.1, .2));
    assertArrayEquals(new double[] {.1, .2}, opt.hyper(Hyper.LR), 0);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> groups(3).setLr(Lr.each(.1, .2)));
    assertTrue(e.getMessage().contains("3 parameter groups, got 2"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> groups(3).setHyper("mom", .1, .2));
    assertTrue(e.getMessage().contains("3 parameter groups, got 2"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> groups(3).setHyper("speed", 1));
    assertTrue(e.getMessage().contains("speed") && e.getMessage().contains("lr"), e.getMessage());
  }

  @Test
  @DisplayName("GRP-05 even multiples")
  void multiples() {
    same(new double[] {2, 4, 8}, evenMults(2, 8, 3));
    same(new double[] {2, 4, 8, 16, 32}, evenMults(2, 32, 5));
    same(new double[] {8}, evenMults(2, 8, 1));
  }

  @Test
  @DisplayName("GRP-06 the Siamese network's rates")
  void siamese() {
    same(new double[] {1e-6, 1e-4}, slice(1e-6, 1e-4).expand(2));
    same(new double[] {1e-6, 1e-5, 1e-4}, slice(1e-6, 1e-4).expand(3));
  }

  @Test
  @DisplayName("GRP-07 ULMFiT's rates")
  void ulmfit() {
    double[] rates = slice(1e-2 / Math.pow(2.6, 4), 1e-2).expand(5);
    double[] expected = {2.1883e-4, 5.68958e-4, 1.47929e-3, 3.84615e-3, 1e-2};
    for (int i = 0; i < 5; i++) {
      assertEquals(expected[i], rates[i], 1e-5 * expected[i]);
    }
  }

  @Test
  void oneEndIsTheLastGroups() {
    same(new double[] {1e-3, 1e-3, 1e-2}, slice(1e-2).expand(3));
    same(new double[] {1e-2}, slice(1e-2).expand(1));
    same(new double[] {.5, .5}, Lr.of(.5).expand(2));
    assertThrows(IllegalArgumentException.class, () -> slice(0, 1e-2));
  }
}
