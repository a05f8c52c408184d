package org.onecycle.data;

import java.util.List;

/** Stacks members of equal shape. */
final class StackCollate implements Collate {
  static final StackCollate INSTANCE = new StackCollate();

  private StackCollate() {}

  @Override
  public HostBatch collate(List<Sample> samples, int[] indices) {
    Stack stack = new Stack(indices, null, null);
    for (Sample sample : samples) {
      stack.add(sample);
      stack.write();
    }
    return stack.batch();
  }
}
