package org.onecycle.data;

import java.util.List;

/** Makes one batch of some samples, in a worker thread. */
@FunctionalInterface
public interface Collate {

  /**
   * Returns the batch of these samples.
   *
   * @param samples the samples, at least one
   * @param indices the index in the data set of each
   */
  HostBatch collate(List<Sample> samples, int[] indices);

  /**
   * Stacks members of equal shape.
   *
   * @return a collate that throws IllegalArgumentException naming the member, the items and the
   *     shapes when members differ
   */
  static Collate stack() {
    return StackCollate.INSTANCE;
  }
}
