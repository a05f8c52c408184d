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
  private final long paddingIndex;
  private final Parameter weight;

  /** Makes a table of {@code num} vectors of standard normal numbers. */
  public Embedding(int num, int dim) {
    this(num, dim, Init.normal(0, 1));
  }

  /** Makes a table whose values start by this rule; fastai's is {@code truncNormal(0, 0.01)}. */
  public Embedding(int num, int dim, Initializer init) {
    this(num, dim, init, -1);
  }

  /**
   * Makes a table with a vector for padding.
   *
   * @param paddingIndex the vector that looking up never gives a gradient, or -1
   * @throws IllegalArgumentException if it is not in the table
   */
  public Embedding(int num, int dim, Initializer init, long paddingIndex) {
    if (paddingIndex >= num) {
      throw new IllegalArgumentException(
          "Embedding expects a padding index below %d, got %d".formatted(num, paddingIndex));
    }
    this.num = num;
    this.dim = dim;
    this.paddingIndex = paddingIndex;
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
      return F.embedding(weight.tensor(), indices, paddingIndex);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Embedding expects indices from 0 to %d: %s".formatted(num - 1, e.getMessage()), e);
    }
  }

  @Override
  protected String extraRepr() {
    return num + ", " + dim + (paddingIndex < 0 ? "" : ", padding_idx=" + paddingIndex);
  }
}
