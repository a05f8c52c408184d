package org.onecycle.learner;

import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** {@code a x + b}, and data it can fit: {@code y = 2 x + 3} with a little noise. */
final class Line extends Module {
  static final int BS = 16;
  static final int TRAIN = 5;
  static final int VALID = 2;

  final Parameter a;
  final Parameter b;

  Line() {
    this(0.5f, -0.25f);
  }

  Line(float a, float b) {
    this.a = parameter("a", Tensor.of(new float[] {a}, 1));
    this.b = parameter("b", Tensor.of(new float[] {b}, 1));
  }

  @Override
  public Tensor forward(Tensor... x) {
    return x[0].mul(a.tensor()).add(b.tensor());
  }

  static HostArray[] rows(int n, long seed) {
    Rng rng = new Rng(seed);
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) rng.nextGaussian();
      y[i] = (float) (2 * x[i] + 3 + 0.1 * rng.nextGaussian());
    }
    return new HostArray[] {HostArray.of(x, n, 1), HostArray.of(y, n, 1)};
  }

  static DataLoaders data() {
    return data(0);
  }

  static DataLoaders data(int workers) {
    LoaderOptions options = LoaderOptions.defaults().withWorkers(workers);
    HostArray[] train = rows(TRAIN * BS, 1);
    HostArray[] valid = rows(VALID * BS, 2);
    return DataLoaders.of(
        new DataLoader(
            RowSource.of(
                Split.TRAIN, Sampler.of(TRAIN * BS, BS, true, true), 1, train[0], train[1]),
            options),
        new DataLoader(
            RowSource.of(
                Split.VALID, Sampler.of(VALID * BS, BS, false, false), 1, valid[0], valid[1]),
            options));
  }

  static LearnerBuilder<Line> learner(Line model) {
    return Learner.of(data(), model).lossFunc(new MSELossFlat()).progress(ProgressOutput.none());
  }
}
