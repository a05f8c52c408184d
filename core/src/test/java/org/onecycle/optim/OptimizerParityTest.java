package org.onecycle.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.array.DType;
import org.onecycle.nn.Parameter;
import org.onecycle.testing.Fixtures;

/** Twelve steps of every optimiser, against fastai's. */
class OptimizerParityTest {
  private static final JsonNode ALL = Fixtures.json("optimizers/optimizers");

  private static final Map<String, OptimizerFactory> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("SGD", Optimizers.sgd());
    KNOWN.put("SGD_mom_wd", Optimizers.sgd(.9, .01));
    KNOWN.put("SGD_mom_l2", Optimizers.sgd(.9, .01, false));
    KNOWN.put("RMSProp", Optimizers.rmsProp());
    KNOWN.put("RMSProp_mom", Optimizers.rmsProp(.99, .9, 1e-8, .01));
    KNOWN.put("Adam", Optimizers.adam());
    KNOWN.put("Adam_wd_l2", Optimizers.adam(.9, .99, 1e-5, .1, false));
    KNOWN.put("Adam_wd0", Optimizers.adam(.9, .99, 1e-5, 0));
    KNOWN.put("RAdam", Optimizers.radam());
    KNOWN.put("RAdam_beta", Optimizers.radam(.9, .99, 1e-5, 0, .5));
    KNOWN.put("QHAdam", Optimizers.qhAdam());
    KNOWN.put("Larc", Optimizers.larc(.01));
    KNOWN.put("Lars", Optimizers.lars(0));
    KNOWN.put("Lamb", Optimizers.lamb(0));
    KNOWN.put("Lookahead_SGD", Optimizers.lookahead(Optimizers.sgd(), 3, .5));
    KNOWN.put("ranger", Optimizers.ranger());
  }

  @Test
  void everyRunIsKnown() {
    var names = new TreeSet<String>();
    ALL.get("runs").fieldNames().forEachRemaining(names::add);
    assertEquals(names, new TreeSet<>(KNOWN.keySet()));
  }

  @TestFactory
  Stream<DynamicTest> agreesInDouble() {
    return KNOWN.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      double worst = worst(run(name, DType.DOUBLE), truth(name));
                      assertTrue(worst < 1e-9, name + " differs by " + worst);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> agreesInFloat() {
    return KNOWN.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      double worst = worst(run(name, DType.FLOAT), truth(name));
                      assertTrue(worst < 2e-4, name + " differs by " + worst);
                    }));
  }

  /**
   * PyTorch's float32 run is replayed in Java: SGD and Adam are sequences of float32 operations,
   * each rounded.
   */
  @TestFactory
  Stream<DynamicTest> isAsExactInFloat() {
    return Stream.of("SGD", "SGD_mom_wd", "SGD_mom_l2", "Adam", "Adam_wd_l2", "Adam_wd0")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      double[] truth = truth(name);
                      double ours = distance(run(name, DType.FLOAT), truth);
                      double theirs = distance(EagerFloats.run(ALL, name), truth);
                      assertTrue(theirs > 0 && theirs < 1e-5, "the replay is off by " + theirs);
                      assertTrue(ours <= 2 * theirs, ours + " against PyTorch's " + theirs);
                    }));
  }

  private static double[] run(String name, DType dtype) {
    List<Parameter> ps = new ArrayList<>();
    List<String> names = List.of("w", "b");
    names.forEach(n -> ps.add(Params.of(dtype, doubles(ALL.get("init_values").get(n)))));
    JsonNode hypers = ALL.get("runs").get(name).get("hypers");
    Optimizer opt = KNOWN.get(name).create(List.of(ps), hypers.get("lr").asDouble());
    hypers.properties().forEach(h -> assertEquals(h.getValue().asDouble(), value(opt, h)));
    List<Double> out = new ArrayList<>();
    for (JsonNode grads : ALL.get("grad_values")) {
      for (int i = 0; i < 2; i++) {
        Params.grad(ps.get(i), doubles(grads.get(names.get(i))));
      }
      opt.step();
      ps.forEach(p -> java.util.Arrays.stream(Params.values(p)).forEach(out::add));
    }
    return out.stream().mapToDouble(v -> v).toArray();
  }

  private static double value(Optimizer opt, Map.Entry<String, JsonNode> hyper) {
    return opt.groups().get(0).get(hyper.getKey());
  }

  private static double[] truth(String name) {
    List<Double> out = new ArrayList<>();
    for (JsonNode step : ALL.get("runs").get(name).get("steps")) {
      for (String n : List.of("w", "b")) {
        step.get(n).forEach(v -> out.add(v.asDouble()));
      }
    }
    return out.stream().mapToDouble(v -> v).toArray();
  }

  static double[] doubles(JsonNode list) {
    double[] out = new double[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).asDouble();
    }
    return out;
  }

  private static double worst(double[] a, double[] b) {
    assertEquals(b.length, a.length);
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]) / Math.max(1e-3, Math.abs(b[i])));
    }
    return worst;
  }

  private static double distance(double[] a, double[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }
}
