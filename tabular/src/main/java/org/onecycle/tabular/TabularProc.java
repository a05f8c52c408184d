package org.onecycle.tabular;

import org.onecycle.io.Exportable;

/**
 * A step that prepares columns: fitted on the training rows, applied to all, undone for a person to
 * look at.
 *
 * <p>Whatever the order they are given in, {@link FillMissing} comes first, then {@link
 * Categorify}, then {@link Normalize}.
 */
public abstract sealed class TabularProc permits FillMissing, Categorify, Normalize {
  TabularProc() {}

  abstract int order();

  /** Learns from the training rows. */
  abstract Fitted fit(Cells train);

  /** A step that knows what it has to; both methods change the cells in place. */
  sealed interface Fitted extends Exportable
      permits FillMissing.FittedFill, Categorify.FittedCategorify, Normalize.FittedNormalize {
    void encode(Cells cells);

    void decode(Cells cells);
  }
}
