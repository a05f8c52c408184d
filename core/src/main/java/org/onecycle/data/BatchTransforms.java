package org.onecycle.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.onecycle.tensor.Rng;

/** Batch transforms in their order. */
record BatchTransforms(List<BatchTransform> transforms) {

  static BatchTransforms of(List<? extends BatchTransform> transforms) {
    List<BatchTransform> sorted = new ArrayList<>(transforms);
    sorted.sort(Comparator.comparingInt(BatchTransform::order));
    return new BatchTransforms(List.copyOf(sorted));
  }

  /** Returns the place of the first step if it can be done item by item; -1 if not. */
  int itemwise(Split split) {
    for (int k = 0; k < transforms.size(); k++) {
      if (transforms.get(k).splits().contains(split)) {
        return transforms.get(k) instanceof ItemwiseTransform ? k : -1;
      }
    }
    return -1;
  }

  /** Returns what a step draws from, where the batch draws from rng. */
  static Rng rng(Rng rng, int step) {
    return Rng.of(rng.seed(), step);
  }

  /**
   * Encodes a batch.
   *
   * @param from the first step that is still to do
   */
  Batch encode(Batch batch, Split split, Rng rng, int from) {
    Batch value = batch;
    for (int k = from; k < transforms.size(); k++) {
      BatchTransform t = transforms.get(k);
      if (t.splits().contains(split)) {
        value = t.encode(value, split, rng(rng, k));
      }
    }
    return value;
  }

  Batch decode(Batch batch, Split split) {
    Batch value = batch;
    for (int k = transforms.size() - 1; k >= 0; k--) {
      if (transforms.get(k).splits().contains(split)) {
        value = transforms.get(k).decode(value);
      }
    }
    return value;
  }
}
