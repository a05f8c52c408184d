package org.onecycle.learner;

import java.util.List;
import java.util.Map;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.HashRule;

/** The little net of the schedule fixtures: three groups, batches of four in order. */
final class Toy {
  private static final int BS = 4;

  final Sequential model =
      new Sequential(
          new Linear(4, 8), new Sequential(new ReLU(), new Linear(8, 8)), new Linear(8, 1));
  final Learner learn;

  Toy(int batches) {
    this(batches, ProgressOutput.none());
  }

  Toy(int batches, ProgressOutput progress) {
    model.loadStateDict(weights());
    int n = batches * BS;
    HostArray x = HostArray.of(HashRule.input("toy/x", n, 4), n, 4);
    HostArray y = HostArray.of(HashRule.input("toy/y", n, 1), n, 1);
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
    Sampler inOrder = Sampler.of(n, BS, false, false);
    learn =
        Learner.of(
                DataLoaders.of(
                    new DataLoader(RowSource.of(Split.TRAIN, inOrder, 1, x, y), options),
                    new DataLoader(RowSource.of(Split.VALID, inOrder, 1, x, y), options)),
                model)
            .lossFunc(new MSELossFlat())
            .splitter(
                m -> List.of(m.get(0).parameters(), m.get(1).parameters(), m.get(2).parameters()))
            .progress(progress)
            .build();
  }

  private static Map<String, Tensor> weights() {
    return Map.of(
        "0.weight", parameter("0.weight", 8, 4),
        "0.bias", parameter("0.bias", 8),
        "1.1.weight", parameter("1.1.weight", 8, 8),
        "1.1.bias", parameter("1.1.bias", 8),
        "2.weight", parameter("2.weight", 1, 8),
        "2.bias", parameter("2.bias", 1));
  }

  private static Tensor parameter(String name, long... shape) {
    return Tensor.of(HashRule.parameter("toy/" + name, false, shape), shape);
  }
}
