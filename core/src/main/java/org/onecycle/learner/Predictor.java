package org.onecycle.learner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.ItemReader;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.nn.Stateful;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * An exported learner: answers questions without data, optimiser or callbacks.
 *
 * <pre>{@code
 * Predictor breeds = Predictor.load(Path.of("breeds.safetensors"));
 * List<Prediction> all = breeds.predictAll(files);
 * }</pre>
 *
 * <p>It may be asked from several threads, which take turns. Its memory is given back when nobody
 * holds it any more.
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
   * @throws IllegalArgumentException naming the file, if it is no export, is damaged, of a newer
   *     format, or names a factory that is not registered
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Predictor load(Path file) {
    return ExportFile.read(file);
  }

  /** Returns the model, in evaluation mode. */
  public Module model() {
    return model;
  }

  /** Returns what reads items and answers. */
  public ItemReader reader() {
    return reader;
  }

  /** Returns the labels in the order of {@link Prediction#activated}; none where there are none. */
  public List<String> vocab() {
    return reader.vocab();
  }

  /** Predicts one item. */
  public Prediction predict(Object item) {
    return predictAll(Collections.singletonList(item)).get(0);
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
  public synchronized List<Prediction> predictAll(List<?> items, int bs) {
    if (bs < 1) {
      throw new IllegalArgumentException("predictAll expects a bs of at least 1, got " + bs);
    }
    List<Prediction> out = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += bs) {
      List<?> some = items.subList(from, Math.min(items.size(), from + bs));
      try (Scope memory = Scope.open();
          NoGrad off = NoGrad.on()) {
        out.addAll(predict(reader.read(some)));
      } finally {
        forget();
      }
    }
    return out;
  }

  private List<Prediction> predict(Batch batch) {
    forget();
    Tensor activated = loss.activation(model.call(batch.inputs()));
    Tensor answers = loss.decodes(activated);
    int[] items = batch.indices();
    Prediction[] out = new Prediction[items.length];
    for (int r = 0; r < items.length; r++) {
      Tensor answer = row(answers, r);
      out[items[r]] = new Prediction(reader.decode(answer), answer, row(activated, r));
    }
    return Arrays.asList(out);
  }

  /** What was asked before has no say in what is asked now. */
  private void forget() {
    model.apply(
        m -> {
          if (m instanceof Stateful s) {
            s.reset();
          }
        });
  }

  private static Tensor row(Tensor batch, int i) {
    long[] shape = batch.shape();
    Tensor row = batch.slice(0, i, i + 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
    try (Scope out = Scope.outside()) {
      return row.copy();
    }
  }

  @Override
  public String toString() {
    return "Predictor of a %s with %s".formatted(model.kind(), loss.getClass().getSimpleName());
  }
}
