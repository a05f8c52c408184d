package org.onecycle.learner;

import java.util.Arrays;
import java.util.List;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Member;
import org.onecycle.data.Sample;
import org.onecycle.tensor.Tensor;

/** Reads what the model has said about a single item. */
final class PredictOne {
  private PredictOne() {}

  static Prediction read(Learner learn, DataLoader loader, GatherPreds gather) {
    Predictions all = gather.result(learn.lossFunc());
    Tensor answer = learn.lossFunc().decodes(all.preds());
    return new Prediction(
        decode(learn, loader, gather.lastBatch(), answer), row(answer), row(all.preds()));
  }

  private static Object decode(Learner learn, DataLoader loader, Batch read, Tensor answer) {
    DataLoaders dls = learn.dls();
    List<Member> kinds = targetKinds(learn);
    if (kinds.size() == 1 && read.members().size() == read.inputs().length) {
      Batch whole = read.withTargets(kinds, answer);
      Sample sample = dls.decode(loader, whole, 1).get(0);
      return sample.targets().get(0);
    }
    boolean labelled = !dls.vocab().isEmpty() && answer.numel() == 1;
    return labelled ? dls.vocab().get((int) answer.item()) : row(answer);
  }

  /** The kinds of the targets, from the last batch that had some or from one that is read now. */
  static List<Member> targetKinds(Learner learn) {
    if (!learn.state().targetKinds().isEmpty()) {
      return learn.state().targetKinds();
    }
    Batch example = learn.dls().valid().oneBatch();
    int inputs = example.inputs().length;
    List<Member> all = example.members();
    return all.size() > inputs ? all.subList(inputs, all.size()) : List.of();
  }

  private static Tensor row(Tensor batch) {
    long[] shape = batch.shape();
    return batch.slice(0, 0, 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
  }
}
