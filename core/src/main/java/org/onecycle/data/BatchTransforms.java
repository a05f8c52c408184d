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

  Batch encode(Batch batch, Split split, Rng rng) {
    Batch value = batch;
    for (int k = 0; k < transforms.size(); k++) {
      BatchTransform t = transforms.get(k);
      if (t.splits().contains(split)) {
        value = t.encode(value, split, Rng.of(rng.seed(), k));
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
