package org.onecycle.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.learner.BatchRecord;
import org.onecycle.learner.FitOptions;
import org.onecycle.learner.Learner;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.learner.OneCycle;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.optim.Lr;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a fixture's weights into a model of ours and compares what comes out, in one dtype. */
final class FixtureRun {
  private static final Logger LOG = LoggerFactory.getLogger(FixtureRun.class);
  private static final double NEAR = 1e-3;

  /** What parameters agree to where the recorded run computed its loss in float32. */
  private static final double ROUNDED = 1e-6;

  /**
   * How far the losses may stray in FLOAT: a value on the other side of a kink changes a gradient
   * by percents, and Adam makes a step of full size of it.
   */
  private static final double STRAYED = 1e-3;

  private final Fixture fixture;
  private final DType dtype;
  private final Module model;
  private final Loss loss;
  private final UnaryOperator<String> names;
  private final Parity parity;

  /**
   * Makes a run.
   *
   * @param names turns the fixture's names into the model's
   */
  FixtureRun(Fixture fixture, DType dtype, Module model, Loss loss, UnaryOperator<String> names) {
    this.fixture = fixture;
    this.dtype = dtype;
    this.model = model;
    this.loss = loss;
    this.names = names;
    this.parity = new Parity(fixture.name(), dtype);
    model.to(dtype);
  }

  Parity parity() {
    return parity;
  }

  private void load() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    fixture.weights().forEach((name, t) -> state.put(names.apply(name), t));
    model.loadStateDict(state);
  }

  /** Output and loss in evaluation mode. */
  FixtureRun eval() {
    load();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor out = model.eval().call(x());
      compareOutput("eval", out);
    }
    return this;
  }

  /** Output, loss, all gradients and the moved running statistics in training mode. */
  FixtureRun train() throws Exception {
    load();
    model.train();
    Map<String, Sampled> truth = fixture.grads(false);
    Kinks kinks = new Kinks();
    try (Scope s = Scope.open();
        AutoCloseable watching = kinks.watch(model)) {
      compareOutput("train", model.call(x())).backward();
    }
    Map<String, double[]> ours = grads(truth.keySet());
    parity.expect(
        "every parameter has a gradient to compare",
        ours.keySet().size() == model.parameters().size());
    compareStats();
    if (parity.isDouble()) {
      Sampled.compare(parity, "grad", ours, truth, null, Parity.RELATIVE);
    } else {
      Map<String, Sampled> there = truthBeside(kinks, truth);
      Sampled.compare(parity, "grad", ours, there, fixture.grads(true), Parity.RELATIVE);
    }
    return this;
  }

  /** The true gradients on FLOAT's side of the kinks. */
  private Map<String, Sampled> truthBeside(Kinks kinks, Map<String, Sampled> truth)
      throws Exception {
    model.to(DType.DOUBLE);
    load();
    Map<String, double[]> grads;
    try (Scope s = Scope.open();
        AutoCloseable following = kinks.follow(model)) {
      Tensor[] x =
          fixture.inputs().stream()
              .map(Fixture::inDouble)
              .map(HostArray::toTensor)
              .toArray(Tensor[]::new);
      loss.forward(model.call(x), Fixture.inDouble(fixture.target()).toTensor()).backward();
      grads = grads(truth.keySet());
    }
    model.to(dtype);
    LOG.info("{}: {} values on the other side of a kink", fixture.name(), kinks.moved());
    parity.expect("values at kinks are zero but for rounding", kinks.farthest() < NEAR);
    if (kinks.moved() == 0) {
      return truth;
    }
    Map<String, Sampled> out = new LinkedHashMap<>();
    truth.forEach((n, t) -> out.put(n, Sampled.of(grads.get(n), t.values().length)));
    return out;
  }

  private Map<String, double[]> grads(Iterable<String> wanted) {
    Map<String, Parameter> parameters = model.namedParameters();
    Map<String, double[]> out = new LinkedHashMap<>();
    for (String n : wanted) {
      Parameter p = parameters.get(names.apply(n));
      out.put(n, p.grad().toDoubles());
      p.zeroGrad();
    }
    return out;
  }

  private Tensor compareOutput(String mode, Tensor out) {
    double[] torch = parity.isDouble() ? null : fixture.output(mode, true);
    parity.whole(mode, out.toDoubles(), fixture.output(mode, false), torch);
    Tensor l = loss.forward(out, y());
    double[] truth = {fixture.loss(mode, false)};
    double[] ours = {l.item()};
    if (parity.isDouble()) {
      parity.whole(mode + " loss", ours, truth, null);
    } else {
      // One number may be right by chance: PyTorch's output says how far it could have been.
      double relative = torchRelative(mode);
      double far = Math.abs(ours[0] - truth[0]);
      parity.ratio(
          mode + " loss", far, relative * truth[0], Parity.floor(truth[0]), Parity.TOGETHER);
    }
    return l;
  }

  /**
   * Losses, rates and momentums of five one-cycle steps with Adam, and in DOUBLE all parameters and
   * running statistics after them; Adam's first steps only look at the signs of gradients, so in
   * FLOAT those that are almost zero send parameters elsewhere, PyTorch's own too.
   *
   * @param splitter the groups of the model
   * @param frozen whether all groups but the last are frozen
   */
  FixtureRun fit(Lr lr, ModelSplitter<Module> splitter, boolean frozen) {
    load();
    String suffix = frozen ? "_frozen" : "";
    JsonNode truth = fixture.meta().get("train" + suffix);
    RecordedHypers hypers = new RecordedHypers(truth, parity);
    Learner learn =
        Learner.of(loaders(), model)
            .lossFunc(loss)
            .splitter(splitter)
            .progress(ProgressOutput.none())
            .build();
    if (frozen) {
      learn.freeze();
    }
    learn.fitOneCycle(1, lr, OneCycle.DEFAULT, FitOptions.DEFAULT.withCbs(hypers));
    learn.unfreeze();

    double[] losses = learn.recorder().batches().stream().mapToDouble(BatchRecord::loss).toArray();
    double[] recorded = RecordedHypers.numbers(truth.get("loss"));
    String at = "losses of five steps" + suffix;
    if (parity.isDouble()) {
      double bound = isRounded(recorded) ? ROUNDED : Parity.RELATIVE;
      parity.close(at, losses, recorded, 0, bound);
      Map<String, Sampled> trained = fixture.trained(suffix);
      Map<String, double[]> ours = state(trained.keySet());
      Sampled.compare(parity, "after five steps" + suffix, ours, trained, null, bound);
    } else {
      JsonNode theirs = fixture.meta().get("train" + suffix + "32").get("loss");
      double torch = Parity.distance(RecordedHypers.numbers(theirs), recorded);
      double far = Parity.distance(losses, recorded);
      double norm = Parity.distance(recorded, new double[recorded.length]);
      parity.ratio(at, far, torch, STRAYED * norm, Parity.TOGETHER);
    }
    return this;
  }

  /** Whether fastai computed the losses of the float64 run in float32, as it does for pairs. */
  private static boolean isRounded(double[] losses) {
    return Arrays.stream(losses).allMatch(l -> l == (float) l);
  }

  private DataLoaders loaders() {
    HostArray[] train =
        Stream.concat(fixture.batches().stream(), Stream.of(fixture.batchTargets()))
            .map(this::ours)
            .toArray(HostArray[]::new);
    HostArray[] valid =
        Stream.concat(fixture.inputs().stream(), Stream.of(fixture.target()))
            .map(this::ours)
            .toArray(HostArray[]::new);
    return DataLoaders.of(loader(Split.TRAIN, train), loader(Split.VALID, valid));
  }

  private DataLoader loader(Split split, HostArray... arrays) {
    int rows = (int) arrays[0].shape()[0];
    Sampler inOrder = Sampler.of(rows, fixture.batchSize(), false, false);
    return new DataLoader(
        RowSource.of(split, inOrder, arrays.length - 1, arrays), LoaderOptions.defaults());
  }

  private double torchRelative(String mode) {
    double[] truth = fixture.output(mode, false);
    return Parity.distance(fixture.output(mode, true), truth)
        / Parity.distance(truth, new double[truth.length]);
  }

  private void compareStats() {
    Map<String, Sampled> truth = fixture.stats(false);
    Map<String, double[]> ours = state(truth.keySet());
    if (parity.isDouble() || !fixture.big()) {
      Sampled.compare(
          parity,
          "stats",
          ours,
          truth,
          parity.isDouble() ? null : fixture.stats(true),
          Parity.RELATIVE);
    } else {
      Sampled.compare(parity, "stats", ours, truth, torchRelative("train"));
    }
  }

  private Map<String, double[]> state(Iterable<String> wanted) {
    Map<String, Tensor> state = model.stateDict();
    Map<String, double[]> out = new LinkedHashMap<>();
    wanted.forEach(n -> out.put(n, state.get(names.apply(n)).toDoubles()));
    return out;
  }

  private Tensor[] x() {
    return fixture.inputs().stream().map(a -> ours(a).toTensor()).toArray(Tensor[]::new);
  }

  private Tensor y() {
    return ours(fixture.target()).toTensor();
  }

  private HostArray ours(HostArray a) {
    return parity.isDouble() ? Fixture.inDouble(a) : a;
  }
}
