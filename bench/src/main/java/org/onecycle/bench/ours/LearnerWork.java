package org.onecycle.bench.ours;

import java.util.List;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;
import org.onecycle.data.BatchSource;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.HostBatch;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Split;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Phase;
import org.onecycle.optim.OptimizerFactory;
import org.onecycle.optim.Optimizers;
import org.onecycle.tensor.Rng;

/** Training with a learner, as a user has it, on one batch again and again. */
final class LearnerWork implements Work {
  /** fastai's Adam without weight decay, the peers' too. */
  static final OptimizerFactory ADAM = Optimizers.adam(.9, .99, 1e-5, 0);

  static final double LR = 1e-3;

  private final Learner learn;
  private final int items;
  private final double flops;

  LearnerWork(Learner learn, long items, double flops) {
    this.learn = learn;
    this.items = (int) items;
    this.flops = flops;
  }

  /** Returns loaders that give a batch for ever; the last array is the target. */
  static DataLoaders endless(HostArray... arrays) {
    return DataLoaders.of(loader(Split.TRAIN, arrays), loader(Split.VALID, arrays));
  }

  private static DataLoader loader(Split split, HostArray... arrays) {
    int rows = (int) arrays[0].shape()[0];
    HostBatch batch = new HostBatch(List.of(arrays), List.of(), arrays.length - 1, new int[rows]);
    BatchSource source =
        new BatchSource() {
          @Override
          public int size() {
            return split == Split.TRAIN ? Integer.MAX_VALUE : 0;
          }

          @Override
          public int itemCount() {
            return rows;
          }

          @Override
          public Split split() {
            return split;
          }

          @Override
          public Epoch epoch(Rng rng) {
            return (n, rngs) -> batch;
          }
        };
    return new DataLoader(source, LoaderOptions.defaults().withWorkers(0));
  }

  Learner learner() {
    return learn;
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public double flops() {
    return flops;
  }

  @Override
  public void run(Pace pace) {
    learn.addCbs(new Timer(pace));
    learn.fit(1, LR);
  }

  /** Reports each batch and ends the fit when enough are done. */
  private static final class Timer extends Callback {
    private static final int LAST = 1000;
    private final Pace pace;

    Timer(Pace pace) {
      this.pace = pace;
    }

    @Override
    public int order() {
      return LAST;
    }

    @Override
    public void afterBatch(Learner learn) {
      if (!pace.next(learn.state().loss())) {
        throw Phase.FIT.cancel();
      }
    }
  }
}
