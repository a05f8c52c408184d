package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.Sigmoid;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class TabularModelTest {
  private static final List<EmbSz> SIZES = List.of(new EmbSz(4, 2), new EmbSz(17, 8));

  private static TabularModel model(TabularConfig config) {
    return new TabularModel(SIZES, 2, 2, List.of(200, 100), config);
  }

  private static Tensor cats() {
    return Tensor.of(new long[] {0, 16, 3, 0, 1, 7}, 3, 2);
  }

  private static Tensor conts() {
    return Tensor.randn(new Rng(1), 3, 2);
  }

  @Test
  @DisplayName("TAB-18 23,350 parameters under fastai's names")
  void parameters() {
    TabularModel model = model(TabularConfig.DEFAULT);
    assertEquals(23_350, model.parameters().stream().mapToLong(Parameter::numel).sum());
    assertEquals(
        List.of(
            "embeds.0.weight",
            "embeds.1.weight",
            "bn_cont.weight",
            "bn_cont.bias",
            "layers.0.0.weight",
            "layers.0.2.weight",
            "layers.0.2.bias",
            "layers.1.0.weight",
            "layers.1.2.weight",
            "layers.1.2.bias",
            "layers.2.0.weight",
            "layers.2.0.bias"),
        List.copyOf(model.namedParameters().keySet()));
    assertEquals(
        "[Linear(in_features=12, out_features=200, bias=False), ReLU()]",
        List.copyOf(((Sequential) model.layers().get(0)).children().values())
            .subList(0, 2)
            .toString());
    assertArrayEquals(new long[] {3, 2}, model.call(cats(), conts()).shape());
    for (float w : model.embeds().get(1).weight().tensor().toFloats()) {
      assertTrue(Math.abs(w) <= 0.02, "embeddings start within two deviations of .01");
    }
  }

  @Test
  @DisplayName("TAB-19 answers stay within yRange")
  void range() {
    TabularModel model = model(TabularConfig.DEFAULT.withYRange(0, 32));
    String text = model.layers().toString();
    assertTrue(text.contains("SigmoidRange(low=0.0, high=32.0)"), text);
    for (float y : model.call(cats(), conts()).toFloats()) {
      assertTrue(y > 0 && y < 32, "got " + y);
    }
    assertThrows(IllegalArgumentException.class, () -> TabularConfig.DEFAULT.withYRange(5, 0));
  }

  @Test
  void everySettingChangesTheLayers() {
    TabularModel model =
        model(
            TabularConfig.DEFAULT
                .withPs(.5, .2)
                .withEmbedP(.1)
                .withBnFinal(true)
                .withBnCont(false)
                .withLinFirst(false)
                .withAct(Sigmoid::new));
    assertEquals(
        List.of("BatchNorm1d", "Dropout", "Linear", "Sigmoid"),
        ((Sequential) model.layers().get(0))
            .children().values().stream().map(Module::kind).toList());
    assertEquals(
        List.of("BatchNorm1d", "Linear"),
        ((Sequential) model.layers().get(2))
            .children().values().stream().map(Module::kind).toList());
    assertTrue(model.namedParameters().keySet().stream().noneMatch(n -> n.startsWith("bn_cont")));
    assertArrayEquals(new long[] {3, 2}, model.train().call(cats(), conts()).shape());
    TabularModel plain = model(TabularConfig.DEFAULT.withUseBn(false));
    assertEquals(
        12 * 200 + 200 + 200 * 100 + 100 + 202 + 144 + 4,
        plain.parameters().stream().mapToLong(Parameter::numel).sum());
    assertThrows(
        IllegalArgumentException.class, () -> model(TabularConfig.DEFAULT.withPs(.1, .2, .3)));
  }

  @Test
  void columnsOfOneKindAreOneInput() {
    TabularModel cats = new TabularModel(SIZES, 0, 1, List.of(5), TabularConfig.DEFAULT);
    assertArrayEquals(new long[] {3, 1}, cats.call(cats()).shape());
    TabularModel conts = new TabularModel(List.of(), 2, 1, List.of(5), TabularConfig.DEFAULT);
    assertArrayEquals(new long[] {3, 1}, conts.call(conts()).shape());
    String got =
        assertThrows(IllegalArgumentException.class, () -> conts.call(cats(), conts()))
            .getMessage();
    assertTrue(got.contains("TabularModel expects 1 inputs"), got);
    got =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    model(TabularConfig.DEFAULT).call(conts().to(DType.INT64), Tensor.zeros(3, 5)))
            .getMessage();
    assertTrue(got.contains("continuous columns [N, 2], got [3, 5]"), got);
  }

  @Test
  void aCodeOutsideItsEmbeddingIsNamed() {
    String got =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    model(TabularConfig.DEFAULT)
                        .call(Tensor.of(new long[] {0, 17, 0, 0}, 2, 2), Tensor.zeros(2, 2)))
            .getMessage();
    assertTrue(got.contains("from 0 to 16") && got.contains("embeds.1"), got);
  }

  /** A hook makes the model run its embeddings one by one: what comes out must not differ. */
  @Test
  void fusedEmbeddingsAreThoseOneByOne() throws Exception {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      TabularModel model = model(TabularConfig.DEFAULT.withUseBn(false));
      model.to(type);
      Tensor x = conts().to(type);
      Tensor fused = model.call(cats(), x);
      fused.square().sum().backward();
      Map<String, double[]> grads = new LinkedHashMap<>();
      model
          .namedParameters()
          .forEach(
              (name, p) -> {
                grads.put(name, p.grad().toDoubles());
                p.zeroGrad();
              });
      List<Tensor> seen = new ArrayList<>();
      try (AutoCloseable hook =
          model.embeds().get(1).onForward((module, in, out) -> seen.add(out))) {
        Tensor single = model.call(cats(), x);
        assertArrayEquals(single.toDoubles(), fused.toDoubles(), 1e-6);
        single.square().sum().backward();
      }
      assertEquals(1, seen.size());
      model
          .namedParameters()
          .forEach((n, p) -> assertArrayEquals(p.grad().toDoubles(), grads.get(n), 1e-5, n));
    }
  }
}
