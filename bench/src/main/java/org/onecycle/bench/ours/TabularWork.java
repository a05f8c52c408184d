package org.onecycle.bench.ours;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;
import org.onecycle.data.HostArray;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tabular.EmbSz;
import org.onecycle.tabular.TabularConfig;
import org.onecycle.tabular.TabularModel;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** Training on rows of a table. */
final class TabularWork {
  private TabularWork() {}

  static Work of(InputFolder in) {
    int[] n = in.sizesOf("cardinalities");
    int[] dims = in.sizesOf("emb");
    List<EmbSz> sizes = new ArrayList<>();
    for (int i = 0; i < n.length; i++) {
      sizes.add(new EmbSz(n[i], dims[i]));
    }
    int conts = (int) in.shape("conts")[1];
    List<Integer> hidden = IntStream.of(in.sizesOf("hidden")).boxed().toList();
    TabularModel model =
        Init.with(
            new Rng(in.size("seed")),
            () ->
                new TabularModel(sizes, conts, in.size("classes"), hidden, TabularConfig.DEFAULT));
    Learner learn =
        Learner.of(
                LearnerWork.endless(
                    HostArray.of(in.longs("cats"), in.shape("cats")),
                    HostArray.of(in.floats("conts"), in.shape("conts")),
                    HostArray.of(in.longs("y"), in.shape("y"))),
                model)
            .lossFunc(new CrossEntropyLossFlat())
            .optFunc(LearnerWork.ADAM)
            .seed(in.size("seed"))
            .progress(ProgressOutput.none())
            .build();
    long rows = in.shape("cats")[0];
    Flops flops =
        Flops.ofConvolutions(
            model,
            List.of(
                () -> Tensor.of(new long[n.length], 1, n.length), () -> Tensor.zeros(1, conts)));
    // The first layer's inputs are embeddings, which train too.
    double all = flops.forward() + flops.forward() + flops.weightGrads();
    return new LearnerWork(learn, rows, rows * all);
  }
}
