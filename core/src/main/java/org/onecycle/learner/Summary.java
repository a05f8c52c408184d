package org.onecycle.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.nn.Handle;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/** A learner as a table of its layers, its totals, and what trains it. */
final class Summary {
  private static final int WIDTH = 76;
  private static final String ROW = "%-20s %-20s %-10s %-10s";

  /**
   * A layer without layers inside, or with parameters of its own.
   *
   * @param shape what it gave; null if it did not run
   * @param trainable whether all of its parameters train
   */
  record LayerInfo(String kind, String path, long[] shape, long params, boolean trainable) {}

  private Summary() {}

  /** Runs the model on a batch, in evaluation mode, and looks at each layer. */
  static List<LayerInfo> layers(Module model, Batch batch) {
    Map<Module, long[]> shapes = new LinkedHashMap<>();
    List<Handle> hooks = new ArrayList<>();
    Map<Module, Boolean> modes = new LinkedHashMap<>();
    model.namedModules().values().forEach(m -> modes.put(m, m.isTraining()));
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      for (Module m : model.namedModules().values()) {
        hooks.add(m.onForward((module, in, out) -> shapes.putIfAbsent(module, out.shape())));
      }
      model.eval().call(batch.inputs());
    } finally {
      hooks.forEach(Handle::close);
      // Parents come before their children, so each ends with its own mode.
      modes.forEach(Module::train);
    }
    List<LayerInfo> rows = new ArrayList<>();
    model
        .namedModules()
        .forEach(
            (path, m) -> {
              List<Parameter> own = List.copyOf(m.ownParameters().values());
              if (m.children().isEmpty() || !own.isEmpty()) {
                boolean trains = own.stream().allMatch(Parameter::requiresGrad);
                rows.add(
                    new LayerInfo(m.kind(), path, shapes.get(m), ModelInfo.count(own), trains));
              }
            });
    return rows;
  }

  static String of(Learner learn) {
    Module model = learn.model();
    StringBuilder s = new StringBuilder();
    try (Scope memory = Scope.open()) {
      Batch batch = learn.dls().oneBatch();
      String inputs =
          Arrays.stream(batch.inputs())
              .map(Tensor::shape)
              .map(Summary::shape)
              .collect(Collectors.joining(", "));
      s.append(model.kind()).append(" (Input shape: ").append(inputs).append(")\n");
      line(s, "=");
      row(s, "Layer (type)", "Output Shape", "Param #", "Trainable");
      line(s, "=");
      long[] before = null;
      for (LayerInfo l : layers(model, batch)) {
        boolean same = l.shape == null || Arrays.equals(before, l.shape);
        before = l.shape == null ? before : l.shape;
        row(
            s,
            l.kind,
            same ? "" : shape(l.shape),
            l.params == 0 ? "" : Long.toString(l.params),
            l.params == 0 ? "" : l.trainable ? "True" : "False");
      }
      line(s, "_");
    }
    long total = ModelInfo.totalParams(model);
    long trainable = ModelInfo.trainableParams(model);
    s.append("\nTotal params: ").append(number(total));
    s.append("\nTotal trainable params: ").append(number(trainable));
    s.append("\nTotal non-trainable params: ").append(number(total - trainable));
    s.append("\n\nOptimizer used: ").append(learn.opt());
    s.append("\nLoss function: ").append(learn.lossFunc().getClass().getSimpleName());
    int frozen = learn.opt().frozenTo();
    s.append("\n\nModel ")
        .append(frozen == 0 ? "unfrozen" : "frozen up to parameter group #" + frozen);
    s.append("\n\nCallbacks:\n");
    learn.cbs().forEach(c -> s.append("  - ").append(c.getClass().getSimpleName()).append('\n'));
    return s.toString();
  }

  private static void line(StringBuilder s, String mark) {
    s.append(mark.repeat(WIDTH)).append('\n');
  }

  private static void row(StringBuilder s, Object... cells) {
    s.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }

  private static String shape(long[] shape) {
    return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }

  private static String number(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }
}
