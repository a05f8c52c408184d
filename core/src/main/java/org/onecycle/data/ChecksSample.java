package org.onecycle.data;

import java.util.List;

/** A member of a sample that has to fit the others, such as a mask the size of its picture. */
public interface ChecksSample {
  /**
   * Called once all members are read, before they are changed.
   *
   * @param members all members of the sample
   * @param item the item they were read from, in words
   * @throws RuntimeException saying what does not fit
   */
  void checkFits(List<?> members, String item);
}
