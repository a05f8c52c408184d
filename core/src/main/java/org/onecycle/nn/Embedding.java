package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * A table of vectors: from INT64 indices {@code [*]} to {@code [*, dim]}, with {@code weight [num,
 * dim]}, which starts standard normal unless another rule is given.
 */
public final class Embedding extends Layer {
  private final int num;
  private final int dim;
  private final Parameter weight;

  /** Makes a table of {@code num} vectors of standard normal numbers. */
  public Embedding(int num, int dim) {
    this(num, dim, Init.normal(0, 1));
  }

  /** Makes a table whose values start by this rule; fastai's is {@code truncNormal(0, 0.01)}. */
  public Embedding(int num, int dim, Initializer init) {
    this.num = num;
    this.dim = dim;
    try (Scope s = Scope.open()) {
      weight = parameter("weight", init.draw(Init.rng(), num, dim));
    }
  }

  /** Returns the number of vectors. */
  public int numEmbeddings() {
    return num;
  }

  /** Returns the size of a vector. */
  public int embeddingDim() {
    return dim;
  }

  /** Returns the table {@code [num, dim]}. */
  public Parameter weight() {
    return weight;
  }

  @Override
  protected Tensor compute(Tensor indices) {
    try {
      return F.embedding(weight.tensor(), indices, -1);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Embedding expects indices from 0 to %d: %s".formatted(num - 1, e.getMessage()), e);
    }
  }

  @Override
  protected String extraRepr() {
    return num + ", " + dim;
  }
}
