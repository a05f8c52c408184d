package org.onecycle.data;

import org.onecycle.tensor.Rng;

/** Samples by index; read from several threads at once. */
public interface Dataset {

  /** Returns the number of samples. */
  int size();

  /** Reads a sample; every random choice comes from the generator. */
  Sample get(int i, Rng rng);

  /** Reads one member of a sample; the others are not read where that can be helped. */
  default Object member(int i, int member, Rng rng) {
    return get(i, rng).get(member);
  }

  /** Returns the part of the data whose transforms apply. */
  Split split();

  /** Returns how errors call the item at an index, such as its file. */
  String describe(int i);
}
