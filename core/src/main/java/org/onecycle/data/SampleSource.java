package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.onecycle.tensor.Rng;

/** Samples of a data set, through the item transforms, collated. */
record SampleSource(Dataset dataset, Pipeline itemTfms, Sampler sampler, Collate collate)
    implements BatchSource {

  @Override
  public int size() {
    return sampler.size();
  }

  @Override
  public int itemCount() {
    return dataset.size();
  }

  @Override
  public Split split() {
    return dataset.split();
  }

  @Override
  public BatchSource complete() {
    return new SampleSource(dataset, itemTfms, sampler.complete(), collate);
  }

  @Override
  public BatchSource augmented() {
    return new SampleSource(new AsTraining(dataset), itemTfms, sampler.complete(), collate);
  }

  /** The samples of a data set, to which the transforms of training apply. */
  private record AsTraining(Dataset samples) implements Dataset {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public Sample get(int i, Rng rng) {
      return samples.get(i, rng);
    }

    @Override
    public Split split() {
      return Split.TRAIN;
    }

    @Override
    public String describe(int i) {
      return samples.describe(i);
    }
  }

  @Override
  public Epoch epoch(Rng rng) {
    List<int[]> batches = sampler.batches(rng);
    int[] starts = new int[batches.size()];
    for (int b = 1; b < starts.length; b++) {
      starts[b] = starts[b - 1] + batches.get(b - 1).length;
    }
    return collate == StackCollate.INSTANCE
        ? new StackedEpoch(this, batches, batch -> starts[batch])
        : (batch, rngs) -> read(batches.get(batch), starts[batch], rngs);
  }

  private HostBatch read(int[] indices, int start, IntFunction<Rng> rngs) {
    List<Sample> samples = new ArrayList<>(indices.length);
    for (int k = 0; k < indices.length; k++) {
      samples.add(sample(indices[k], rngs.apply(start + k)));
    }
    return collate.collate(samples, indices);
  }

  Sample sample(int index, Rng rng) {
    try {
      Sample raw = dataset.get(index, rng);
      return (Sample) itemTfms.encode(raw, dataset.split(), rng);
    } catch (CancellationException | ItemException e) {
      throw e;
    } catch (Exception e) {
      // Languages that do not check exceptions throw any.
      throw new ItemException(index, dataset.describe(index), e);
    }
  }
}
