package org.onecycle.callback;

import java.util.Map;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.learner.Learner;
import org.onecycle.learner.LearnerBuilder;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.metric.BatchResult;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Optimizers;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

/** A line through eight points, and a metric whose values are given beforehand. */
final class Lines {
  private Lines() {}

  static LearnerBuilder<Sequential> learner(int bs) {
    float[] x = {-4, -3, -2, -1, 1, 2, 3, 4};
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 2 * x[i] + 3 + (i % 3 - 1) * .1f;
    }
    HostArray in = HostArray.of(x, x.length, 1);
    HostArray out = HostArray.of(y, x.length, 1);
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
    Sampler sampler = Sampler.of(x.length, bs, false, false);

    Sequential model = new Sequential(new Linear(1, 1));
    model.loadStateDict(
        Map.of(
            "0.weight",
            Tensor.of(new float[] {.5f}, 1, 1),
            "0.bias",
            Tensor.of(new float[] {0}, 1)));
    return Learner.of(
            DataLoaders.of(
                new DataLoader(RowSource.of(Split.TRAIN, sampler, 1, in, out), options),
                new DataLoader(RowSource.of(Split.VALID, sampler, 1, in, out), options)),
            model)
        .lossFunc(new MSELossFlat())
        .optFunc(Optimizers.sgd())
        .lr(.01)
        .progress(ProgressOutput.none());
  }

  /** Gives one value after the other, one an epoch. */
  static Metric scripted(String name, double... values) {
    return new Metric() {
      private int next;

      @Override
      public String name() {
        return name;
      }

      @Override
      public void reset() {}

      @Override
      public void accumulate(BatchResult batch) {}

      @Override
      public double value() {
        return values[next++ % values.length];
      }
    };
  }
}
