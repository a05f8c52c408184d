package org.onecycle.data;

import java.util.List;

/** Makes what reads new items as some loaders do, without their data. */
@FunctionalInterface
public interface ReaderFactory {
  /**
   * Returns the reader.
   *
   * @param dls the loaders as a learner has them, with the steps that it has added
   * @param targets the kinds of the targets; none where they are not known
   * @throws IllegalArgumentException naming the step that cannot be made again
   */
  ItemReader make(DataLoaders dls, List<Member> targets);
}
