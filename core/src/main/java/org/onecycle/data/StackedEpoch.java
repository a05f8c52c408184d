package org.onecycle.data;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.onecycle.tensor.Rng;

/**
 * An epoch of samples that are stacked as they come: a step on items is taken on the way, and the
 * arrays of its batches, which nobody else holds, may be used again.
 */
final class StackedEpoch implements BatchSource.Epoch {
  private final SampleSource source;
  private final List<int[]> batches;
  private final IntUnaryOperator starts;

  /**
   * Of a source.
   *
   * @param starts the position in the epoch of the first sample of each batch
   */
  StackedEpoch(SampleSource source, List<int[]> batches, IntUnaryOperator starts) {
    this.source = source;
    this.batches = batches;
    this.starts = starts;
  }

  @Override
  public HostBatch read(int batch, IntFunction<Rng> rngs) {
    return stack(batch, rngs, null, null);
  }

  /** Returns a batch whose items have been through a transform. */
  HostBatch read(
      int batch, IntFunction<Rng> rngs, ItemwiseTransform transform, Rng rng, HostPool pool) {
    int n = batches.get(batch).length;
    return stack(
        batch, rngs, transform == null ? null : transform.items(n, source.split(), rng), pool);
  }

  private HostBatch stack(
      int batch, IntFunction<Rng> rngs, ItemwiseTransform.Step step, HostPool pool) {
    int[] indices = batches.get(batch);
    int start = starts.applyAsInt(batch);
    Stack stack = new Stack(indices, step, pool);
    for (int k = 0; k < indices.length; k++) {
      stack.add(source.sample(indices[k], rngs.apply(start + k)));
      try {
        stack.write();
      } catch (CancellationException e) {
        throw e;
      } catch (Exception e) {
        throw ItemException.of(source.dataset(), indices[k], e);
      }
    }
    return stack.batch();
  }
}
