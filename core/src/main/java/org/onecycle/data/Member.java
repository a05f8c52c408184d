package org.onecycle.data;

import org.onecycle.tensor.Tensor;

/**
 * What a member of a batch is: the Java type that its items have, and how one is made of numbers.
 *
 * @param type type of the items that were collated, such as an image
 * @param like one of these items
 */
public record Member(Class<?> type, Collatable like) {

  /** Returns an item of this kind from its tensor. */
  public Object restore(Tensor value) {
    return like.restore(value);
  }
}
