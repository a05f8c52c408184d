package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.io.Weights;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Lr;
import org.onecycle.optim.OptimizerState;
import org.onecycle.show.ProgressOutput;
import org.onecycle.testing.Fixtures;

class CheckpointTest {
  private static Map<String, double[]> values(Learner learn) {
    Map<String, double[]> all = new LinkedHashMap<>();
    learn.model().stateDict().forEach((n, t) -> all.put(n, t.toDoubles()));
    OptimizerState opt = learn.opt().stateDict();
    opt.tensors()
        .forEach((n, t) -> all.put("opt " + n, t.to(org.onecycle.array.DType.DOUBLE).toDoubles()));
    for (int i = 0; i < opt.hypers().size(); i++) {
      String group = "group " + i + " ";
      opt.hypers().get(i).forEach((n, v) -> all.put(group + n, new double[] {v}));
    }
    return all;
  }

  private static void assertSame(Map<String, double[]> expected, Map<String, double[]> got) {
    assertEquals(expected.keySet(), got.keySet());
    expected.forEach((n, v) -> assertArrayEquals(v, got.get(n), 0, n));
  }

  @Test
  @DisplayName("saved and loaded, a learner goes on as if nothing had happened")
  void goesOn(@TempDir Path dir) {
    Path file = dir.resolve("models/toy.safetensors");
    Learner whole = new Toy(6).learn;
    whole.fit(2, 1e-2);
    whole.save(file);
    Learner again = new Toy(6).learn;
    again.load(file);
    assertSame(values(whole), values(again));
    whole.fit(1, 1e-2);
    again.fit(1, 1e-2);
    assertSame(values(whole), values(again));
  }

  @Test
  @DisplayName("a one-cycle run that is interrupted, loaded and started at its epoch ends the same")
  void resumes(@TempDir Path dir) {
    Path file = dir.resolve("epoch.safetensors");
    Learner whole = new Toy(6).learn;
    whole.addCbs(
        new Callback() {
          @Override
          public void afterEpoch(Learner l) {
            if (l.state().epoch() == 1) {
              l.save(file);
            }
          }
        });
    whole.fitOneCycle(4, 1e-2);
    Learner rest = new Toy(6).learn.load(file);
    FitOptions from = FitOptions.DEFAULT.withStartEpoch(2);
    rest.fitOneCycle(4, Lr.of(1e-2), OneCycle.DEFAULT, from);
    assertSame(values(whole), values(rest));
  }

  @Test
  @DisplayName("without the optimiser the file is a plain state dict, and loading leaves it alone")
  void withoutOptimiser(@TempDir Path dir) {
    Path file = dir.resolve("weights.safetensors");
    Learner learn = new Toy(6).learn;
    learn.fit(1);
    learn.save(file, false);
    assertEquals(learn.model().stateDict().keySet(), Weights.read(file).tensors().keySet());
    Learner other = new Toy(6).learn;
    other.fit(2);
    Map<String, double[]> before = values(other);
    other.load(file);
    Map<String, double[]> after = values(other);
    values(learn)
        .forEach((n, v) -> assertArrayEquals(n.matches("\\d.*") ? v : before.get(n), after.get(n)));
  }

  @Test
  @DisplayName("fastai's learn.save, with the optimiser and without")
  void fastai() {
    JsonNode expected = Fixtures.json("pth/fastai_learner_expected");
    for (String name : List.of("fastai_learner_with_opt.pth", "fastai_learner_model_only.pth")) {
      Learner learn = new Toy(6).learn.load(Fixtures.path("pth/" + name));
      learn
          .model()
          .stateDict()
          .forEach(
              (n, t) -> assertArrayEquals(doubles(expected.get("model").get(n)), t.toDoubles()));
      OptimizerState opt = learn.opt().stateDict();
      if (name.contains("model_only")) {
        assertTrue(opt.tensors().isEmpty());
        continue;
      }
      for (int i = 0; i < 3; i++) {
        JsonNode hypers = expected.get("hypers").get(i);
        opt.hypers().get(i).forEach((n, v) -> assertEquals(hypers.get(n).asDouble(), v, n));
      }
      for (int i = 0; i < 6; i++) {
        JsonNode state = expected.get("state").get(i);
        assertArrayEquals(
            doubles(state.get("grad_avg")), opt.tensors().get(i + ".grad_avg").toDoubles());
        assertArrayEquals(
            doubles(state.get("sqr_avg")), opt.tensors().get(i + ".sqr_avg").toDoubles());
        assertEquals(5, opt.tensors().get(i + ".step").item());
      }
      learn.fit(1);
    }
  }

  private static double[] doubles(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  @Test
  @DisplayName("a file of another model or optimiser names itself and changes nothing")
  void allOrNothing(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("other.safetensors");
    Sequential wide =
        new Sequential(new Linear(4, 8), new Sequential(new Linear(8, 9)), new Linear(9, 1));
    Learner other =
        Learner.of(new Toy(2).learn.dls(), wide)
            .lossFunc(new MSELossFlat())
            .progress(ProgressOutput.none())
            .build();
    other.fit(1);
    other.save(file);
    Learner learn = new Toy(2).learn;
    learn.fit(1);
    Map<String, double[]> before = values(learn);
    for (boolean withOpt : new boolean[] {true, false}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> learn.load(file, withOpt))
              .getMessage();
      assertTrue(message.startsWith(file.toString()), message);
      assertSame(before, values(learn));
    }
    String parameter =
        assertThrows(IllegalArgumentException.class, () -> learn.load(file, false)).getMessage();
    assertTrue(parameter.contains("2.weight expects [1, 8], got [1, 9]"), parameter);
    // The optimiser fits, the model does not.
    Path mixed = dir.resolve("mixed.safetensors");
    Learner same = new Toy(2).learn;
    same.fit(1);
    same.save(mixed);
    Weights weights = Weights.read(mixed);
    Map<String, org.onecycle.io.StoredTensor> tensors = new LinkedHashMap<>(weights.tensors());
    tensors.remove("2.bias");
    Weights.write(mixed, tensors, weights.metadata());
    learn.fit(1);
    Map<String, double[]> later = values(learn);
    String missing =
        assertThrows(IllegalArgumentException.class, () -> learn.load(mixed)).getMessage();
    assertTrue(missing.contains("mixed.safetensors") && missing.contains("2.bias"), missing);
    assertSame(later, values(learn));
    Files.writeString(mixed, "no weights at all");
    assertThrows(IllegalArgumentException.class, () -> learn.load(mixed));
    assertSame(later, values(learn));
  }
}
