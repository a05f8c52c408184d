package org.onecycle.metric;

/**
 * A number gathered over the batches of an epoch.
 *
 * <p>The tensors of a batch are gone when the batch is over: an implementation keeps numbers, or
 * copies.
 */
public interface Metric {
  /** Returns the name, which heads the column. */
  String name();

  /** Forgets all batches. */
  void reset();

  /** Takes a batch into account. */
  void accumulate(BatchResult batch);

  /** Returns the number for the batches since the last reset; NaN if there were none. */
  double value();
}
