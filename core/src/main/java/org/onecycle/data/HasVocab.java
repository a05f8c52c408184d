package org.onecycle.data;

import java.util.List;

/** A transform that numbers labels. */
public interface HasVocab {

  /** Returns the labels in the order of their numbers. */
  List<String> vocab();
}
