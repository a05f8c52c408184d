package org.onecycle.data;

import java.util.Set;
import java.util.function.Function;
import org.onecycle.tensor.Rng;

/**
 * One step on the way from an item to a sample, applied to those members of a sample that have its
 * type, and undone by {@link #decode} on the way back to something a person can look at.
 *
 * <p>Transforms run in worker threads: after {@link #setup} they hold no state that changes.
 *
 * @param <X> type of what it accepts
 * @param <Y> type of what it makes
 */
public interface Transform<X, Y> {

  /** Returns the type of the members that this transform is applied to. */
  Class<X> accepts();

  /** Returns the type of the members that {@link #decode} is applied to. */
  Class<Y> produces();

  /**
   * Returns the member's new value.
   *
   * @param split the part being read: many a transform draws in training and takes the middle in
   *     validation
   * @param rng the generator of this sample and this transform: every member of the sample gets one
   *     in the same state, so an image and its mask are cropped alike
   */
  Y encode(X x, Split split, Rng rng);

  /** Undoes {@link #encode} as far as a person needs it; leaves the value as it is by default. */
  default Object decode(Y y) {
    return y;
  }

  /** Learns what has to be learnt (a vocabulary); the values are computed only if asked for. */
  default void setup(Iterable<X> training) {}

  /**
   * Returns this transform as it was before it learnt anything, so that a recipe is never taught;
   * itself where it learns nothing.
   */
  default Transform<X, Y> fresh() {
    return this;
  }

  /** Returns the place in a pipeline: lower runs earlier, equal keeps the order given. */
  default int order() {
    return 0;
  }

  /** Returns the parts of the data that this transform is for. */
  default Set<Split> splits() {
    return Split.BOTH;
  }

  /** Returns the name shown in summaries and errors. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** A transform made of a function, without a way back. */
  static <X, Y> Transform<X, Y> of(
      Class<X> accepts, Class<Y> produces, Function<? super X, ? extends Y> encode) {
    return of(accepts, produces, encode, FunctionTransform.NO_WAY_BACK);
  }

  /** A transform made of two functions. */
  static <X, Y> Transform<X, Y> of(
      Class<X> accepts,
      Class<Y> produces,
      Function<? super X, ? extends Y> encode,
      Function<? super Y, ?> decode) {
    return new FunctionTransform<>(accepts, produces, encode, decode);
  }

  /** This transform, for one part of the data only. */
  default Transform<X, Y> only(Split split) {
    return new SplitTransform<>(this, Set.of(split));
  }
}
