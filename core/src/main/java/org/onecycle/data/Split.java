package org.onecycle.data;

import java.util.Set;

/** The part of the data that a sample belongs to. */
public enum Split {
  /** Fitted on; vocabularies and statistics come from here alone. */
  TRAIN,
  /** Held out; also the part whose transforms are used for test items. */
  VALID;

  /** Both parts: the scope of a transform without restriction. */
  public static final Set<Split> BOTH = Set.of(TRAIN, VALID);
}
