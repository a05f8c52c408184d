package org.onecycle.data;

import java.util.function.Function;
import org.onecycle.tensor.Rng;

/** A transform made of two functions. */
record FunctionTransform<X, Y>(
    Class<X> accepts,
    Class<Y> produces,
    Function<? super X, ? extends Y> encoder,
    Function<? super Y, ?> decoder)
    implements Transform<X, Y> {
  /** Leaves values as they are. */
  static final Function<Object, Object> NO_WAY_BACK = y -> y;

  @Override
  public Y encode(X x, Split split, Rng rng) {
    return encoder.apply(x);
  }

  @Override
  public Object decode(Y y) {
    return decoder.apply(y);
  }

  /** Whether there is a way back at all. */
  boolean goesBack() {
    return decoder != NO_WAY_BACK;
  }

  @Override
  public String name() {
    return accepts.getSimpleName() + " -> " + produces.getSimpleName();
  }
}
