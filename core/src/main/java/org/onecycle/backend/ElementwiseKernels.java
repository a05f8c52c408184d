package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.DType;

/** Kernels that work on each element by itself. */
public interface ElementwiseKernels {
  /** How many elements one seed of {@link #dropout} serves. */
  int PIECE = 1 << 16;

  /** Returns the function of every element. {@code IS_NAN} and {@code IS_INF} give BOOL. */
  Array unary(Unary op, Array x);

  /** Returns the function of the pairs, broadcasting as NumPy does; comparisons give BOOL. */
  Array binary(Binary op, Array a, Array b);

  /** Returns the function of every element and one number. */
  Array binary(Binary op, Array a, double b);

  /** Replaces what is negative by 0. */
  void reluInPlace(Array target);

  /** Returns the gradient of ReLU: {@code dy} where {@code y > 0}, else 0. */
  Array reluGrad(Array y, Array dy);

  /**
   * As {@link #reluGrad(Array, Array)}.
   *
   * @param own whether nobody else reads {@code dy} any more, so that the result may be written
   *     over it
   */
  default Array reluGrad(Array y, Array dy, boolean own) {
    return reluGrad(y, dy);
  }

  /** Returns {@code a} where the condition holds, else {@code b}; all three broadcast. */
  Array where(Array condition, Array a, Array b);

  /** Returns the elements in another type. */
  Array cast(Array x, DType dtype);

  /**
   * Returns the elements times 0 with probability p and times {@code 1 / (1 - p)} otherwise, always
   * the same for the same seeds. The gradient is the same operation.
   *
   * @param seeds one for each {@link #PIECE} elements in C order
   */
  default Array dropout(Array x, double p, long[] seeds) {
    return HostDropout.run(x, p, seeds);
  }

  /** Adds {@code scale * x} to the target, in place; shapes are equal. */
  void addInPlace(Array target, Array x, double scale);

  /** Multiplies the target by a number, in place. */
  void scaleInPlace(Array target, double factor);

  /** Copies elements; shapes and types are equal. */
  void copy(Array from, Array to);

  /** Sets every element to the value. */
  void fill(Array target, double value);
}
