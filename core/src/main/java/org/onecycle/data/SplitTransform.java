package org.onecycle.data;

import java.util.List;
import java.util.Set;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Another transform, restricted to some parts of the data. */
record SplitTransform<X, Y>(Transform<X, Y> inner, Set<Split> splits)
    implements Transform<X, Y>, HasVocab, Exportable {

  /** What was inside: an export has one part of the data only. */
  @Override
  public Spec spec() {
    return Exportable.of(inner);
  }

  @Override
  public Class<X> accepts() {
    return inner.accepts();
  }

  @Override
  public Class<Y> produces() {
    return inner.produces();
  }

  @Override
  public Y encode(X x, Split split, Rng rng) {
    return inner.encode(x, split, rng);
  }

  @Override
  public Object decode(Y y) {
    return inner.decode(y);
  }

  @Override
  public void setup(Iterable<X> training) {
    inner.setup(training);
  }

  @Override
  public Transform<X, Y> fresh() {
    return new SplitTransform<>(inner.fresh(), splits);
  }

  @Override
  public int order() {
    return inner.order();
  }

  @Override
  public String name() {
    return inner.name() + " " + splits;
  }

  @Override
  public List<String> vocab() {
    return inner instanceof HasVocab v ? v.vocab() : List.of();
  }
}
