package org.onecycle.text.models;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.HostArray;
import org.onecycle.learner.BatchRecord;
import org.onecycle.learner.Learner;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.optim.Lr;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;
import org.onecycle.testing.Npy;
import org.onecycle.text.learner.ModelResetter;
import org.onecycle.text.learner.RnnRegularizer;

/** A model of ours with the weights of a fixture of real fastai, compared with it in one type. */
final class AwdFixture<M extends Module & RnnOutputs & Resettable> {
  private static final int STEPS = 5;

  private final String name;
  private final DType type;
  private final M model;
  private final Agreement agreement;

  AwdFixture(String name, DType type, M model) {
    this.name = name;
    this.type = type;
    this.model = model;
    model.to(type);
    agreement = new Agreement(name, type);
  }

  private void load() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String w : Fixtures.npyNames(name + "/w")) {
      Npy npy = Fixtures.npy(name + "/w/" + w);
      state.put(w, Tensor.of(npy.toFloats(), npy.shape()));
    }
    model.loadStateDict(state);
    model.reset();
  }

  private HostArray words(String file) {
    Npy npy = Fixtures.npy(name + "/in/" + file);
    return HostArray.of(npy.toLongs(), npy.shape());
  }

  private double[] truth(String path) {
    return Fixtures.npy(name + "/" + path).toDoubles();
  }

  private void compare(String folder, String what, Tensor ours) {
    agreement.compare(
        folder + "/" + what,
        ours.toDoubles(),
        truth(folder + "/" + what),
        type == DType.DOUBLE ? null : truth(folder + "32/" + what));
  }

  /** Outputs in evaluation mode, then with the state carried on. */
  AwdFixture<M> eval(int carried) {
    load();
    model.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      compare("out", "eval", model.call(words("x0").toTensor()));
      compare("out", "eval_1", model.rawOutput());
      compare("out", "eval_2", model.droppedOutput());
    }
    model.reset();
    for (int i = 0; i < carried && type == DType.DOUBLE; i++) {
      try (Scope s = Scope.open();
          NoGrad off = NoGrad.on()) {
        compare("out", "eval_carry" + i, model.call(words("carry" + i).toTensor()));
      }
    }
    return this;
  }

  /** Outputs and gradients in training mode, without regularisation. */
  AwdFixture<M> train() {
    load();
    model.train();
    try (Scope s = Scope.open()) {
      Tensor out = model.call(words("x0").toTensor());
      compare("out", "train", out);
      compare("out", "train_1", model.rawOutput());
      compare("out", "train_2", model.droppedOutput());
      new CrossEntropyLossFlat().forward(out, words("y").toTensor()).backward();
    }
    Map<String, Parameter> parameters = model.namedParameters();
    List<String> names = Fixtures.npyNames(name + "/grad");
    agreement.compare(
        "number of gradients",
        new double[] {parameters.size()},
        new double[] {names.size()},
        new double[] {names.size()});
    for (String p : names) {
      compare("grad", p, parameters.get(p).grad());
      parameters.get(p).zeroGrad();
    }
    if (Fixtures.json(name + "/meta").get("kind").asText().contains("Classifier")) {
      for (String b : Fixtures.npyNames(name + "/stats")) {
        compare("stats", b, model.stateDict().get(b));
      }
    }
    return this;
  }

  /** Five one-cycle steps with Adam and both regularisations. */
  AwdFixture<M> fit(ModelSplitter<? super M> splitter) {
    load();
    List<HostArray> xs = new ArrayList<>();
    List<HostArray> ys = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      xs.add(words("batch" + i + "_0"));
      ys.add(words("batch" + i + "_1"));
    }
    Map<Integer, Double> totals = new HashMap<>();
    Learner learn =
        Learner.of(BatchList.loaders(xs, ys), model)
            .lossFunc(new CrossEntropyLossFlat())
            .splitter(splitter)
            .cbs(new ModelResetter(), new RnnRegularizer(2, 1), new TotalLoss(totals))
            .progress(ProgressOutput.none())
            .build();
    learn.fitOneCycle(1, Lr.slice(1e-3, 1e-2));
    JsonNode meta = Fixtures.json(name + "/meta");
    double[] ours = new double[STEPS];
    Arrays.setAll(ours, totals::get);
    agreement.steps(ours, numbers(meta.get("train").get("loss")));
    double[] reported =
        learn.recorder().batches().stream().mapToDouble(BatchRecord::loss).toArray();
    for (int i = 0; i < STEPS; i++) {
      assertTrue(reported[i] < ours[i], "the reported loss is without regularisation");
    }
    for (String p : Fixtures.npyNames(name + "/step5")) {
      // Adam looks at signs first: in FLOAT, gradients that are almost zero go anywhere.
      if (type == DType.DOUBLE) {
        compare("step5", p, model.stateDict().get(p));
      }
    }
    return this;
  }

  private static double[] numbers(JsonNode array) {
    double[] out = new double[array.size()];
    Arrays.setAll(out, i -> array.get(i).doubleValue());
    return out;
  }

  void finish() {
    agreement.finish();
  }
}
