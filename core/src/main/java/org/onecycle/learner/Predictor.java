package org.onecycle.learner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.data.ItemReader;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * An exported learner: answers questions without data, optimiser or callbacks.
 *
 * <pre>{@code
 * Predictor breeds = Predictor.load(Path.of("breeds.safetensors"));
 * List<Prediction> all = breeds.predictAll(files);
 * }</pre>
 */
public final class Predictor {
  private static final int BATCH = 64;

  private final Module model;
  private final ItemReader reader;
  private final Loss loss;

  Predictor(Module model, ItemReader reader, Loss loss) {
    this.model = model;
    this.reader = reader;
    this.loss = loss;
  }

  /**
   * Loads what {@link Learner#export} has written.
   *
   * @throws IllegalArgumentException naming the file, if it is no export, is damaged, or names a
   *     factory that is not registered
   */
  public static Predictor load(Path file) {
    return ExportFile.read(file);
  }

  /** Returns the model, in evaluation mode. */
  public Module model() {
    return model;
  }

  /** Predicts one item. */
  public Prediction predict(Object item) {
    return predictAll(List.of(item)).get(0);
  }

  /** Predicts items, in their order. */
  public List<Prediction> predictAll(List<?> items) {
    return predictAll(items, BATCH);
  }

  /**
   * Predicts items, in their order.
   *
   * @param bs how many go through the model at once
   */
  public List<Prediction> predictAll(List<?> items, int bs) {
    if (bs < 1) {
      throw new IllegalArgumentException("predictAll expects a bs of at least 1, got " + bs);
    }
    List<Prediction> out = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += bs) {
      List<?> some = items.subList(from, Math.min(items.size(), from + bs));
      try (Scope memory = Scope.open();
          NoGrad off = NoGrad.on()) {
        Tensor activated = loss.activation(model.call(reader.read(some)));
        Tensor answers = loss.decodes(activated);
        for (int i = 0; i < some.size(); i++) {
          Tensor answer = row(answers, i);
          out.add(new Prediction(reader.decode(answer), answer, row(activated, i)));
        }
      }
    }
    return out;
  }

  private static Tensor row(Tensor batch, int i) {
    long[] shape = batch.shape();
    Tensor row = batch.slice(0, i, i + 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
    try (Scope out = Scope.outside()) {
      return row.copy();
    }
  }
}
