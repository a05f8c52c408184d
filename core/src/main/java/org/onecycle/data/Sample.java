package org.onecycle.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What one item became: a tuple of typed members, inputs first, then targets.
 *
 * @param members the members in order
 * @param nInp how many of them are inputs
 */
public record Sample(List<Object> members, int nInp) {

  /** Copies the members; throws IllegalArgumentException when there are fewer than the inputs. */
  public Sample {
    members = Collections.unmodifiableList(Arrays.asList(members.toArray()));
    if (nInp < 1 || nInp > members.size()) {
      throw new IllegalArgumentException(
          "a sample of " + members.size() + " members cannot have " + nInp + " inputs");
    }
  }

  /** A sample whose last member is the target, unless it is the only one. */
  public static Sample of(Object... members) {
    return new Sample(Arrays.asList(members), defaultInputs(members.length));
  }

  /** Returns {@code max(1, n - 1)}. */
  static int defaultInputs(int n) {
    return Math.max(1, n - 1);
  }

  /** Returns the member at a place. */
  public Object get(int i) {
    return members.get(i);
  }

  /** Returns the number of members. */
  public int size() {
    return members.size();
  }

  /** Returns the first {@code nInp} members. */
  public List<Object> inputs() {
    return members.subList(0, nInp);
  }

  /** Returns the members after the inputs. */
  public List<Object> targets() {
    return members.subList(nInp, members.size());
  }

  /** Returns this sample with other members, as many inputs as before. */
  Sample with(List<Object> others) {
    return new Sample(others, nInp);
  }
}
