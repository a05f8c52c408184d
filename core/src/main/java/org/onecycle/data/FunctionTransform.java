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

  @Override
  public Y encode(X x, Split split, Rng rng) {
    return encoder.apply(x);
  }

  @Override
  public Object decode(Y y) {
    return decoder.apply(y);
  }

  @Override
  public String name() {
    return accepts.getSimpleName() + " -> " + produces.getSimpleName();
  }
}
