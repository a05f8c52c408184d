package org.onecycle.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.loss.Loss;
import org.onecycle.tensor.Tensor;

/** Keeps what the model says about each batch. */
final class GatherPreds extends Callback {
  private static final int ORDER = 70;

  private final PredsOptions how;
  private final List<List<Tensor>> inputs = new ArrayList<>();
  private final List<List<Tensor>> targets = new ArrayList<>();
  private final List<Tensor> preds = new ArrayList<>();
  private final List<Tensor> losses = new ArrayList<>();
  private final List<int[]> indices = new ArrayList<>();
  private Batch last;

  GatherPreds(PredsOptions how) {
    this.how = how;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void afterBatch(Learner learn) {
    TrainingState s = learn.state();
    if (s.pred() == null) {
      return; // somebody has cancelled the batch
    }
    Batch b = s.batch();
    Loss loss = learn.lossFunc();
    indices.add(b.indices());
    preds.add(keep(how.act() == null ? loss.activation(s.pred()) : how.act().apply(s.pred())));
    targets.add(Arrays.stream(b.targets()).map(GatherPreds::keep).toList());
    if (how.withInput()) {
      Batch kept =
          b.withInputs(Arrays.stream(b.inputs()).map(GatherPreds::keep).toArray(Tensor[]::new));
      inputs.add(List.of(kept.inputs()));
      last = kept;
    }
    if (how.withLoss() && b.targets().length > 0) {
      Tensor all = loss.forward(s.pred(), b.target(0), Loss.Reduction.NONE);
      losses.add(keep(all.reshape(b.size(), -1).mean(1)));
    }
  }

  private static Tensor keep(Tensor t) {
    try (Scope out = Scope.outside()) {
      return t.detach().copy();
    }
  }

  /** Returns the last batch, of which the inputs are still there, if inputs are wanted. */
  Batch lastBatch() {
    return last;
  }

  /** Joins the batches; to be called once. */
  Predictions result(Loss loss) {
    if (preds.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to predict: the loader has no batches");
    }
    Tensor order = rows();
    Tensor all = join(preds, order);
    return new Predictions(
        joinAll(inputs, order),
        all,
        joinAll(targets, order),
        losses.isEmpty() ? null : join(losses, order),
        how.withDecoded() ? loss.decodes(all) : null);
  }

  /** Returns the row at which each item of the data set stands, or null if they are in order. */
  private Tensor rows() {
    int[] items = indices.stream().flatMapToInt(IntStream::of).toArray();
    long[] rows = new long[items.length];
    Arrays.fill(rows, -1);
    boolean moved = false;
    for (int i = 0; i < items.length; i++) {
      if (items[i] < 0 || items[i] >= rows.length || rows[items[i]] >= 0) {
        return null; // not one row an item: there is no other order than the loader's
      }
      rows[items[i]] = i;
      moved |= items[i] != i;
    }
    return moved ? Tensor.of(rows, rows.length) : null;
  }

  private static List<Tensor> joinAll(List<List<Tensor>> batches, Tensor order) {
    if (batches.isEmpty()) {
      return List.of();
    }
    return IntStream.range(0, batches.get(0).size())
        .mapToObj(m -> join(batches.stream().map(b -> b.get(m)).toList(), order))
        .toList();
  }

  private static Tensor join(List<Tensor> batches, Tensor order) {
    Tensor all =
        batches.size() == 1 ? batches.get(0) : Tensor.cat(0, batches.toArray(new Tensor[0]));
    if (batches.size() > 1) {
      batches.forEach(b -> b.value().release());
    }
    return order == null ? all : all.indexSelect(0, order);
  }
}
