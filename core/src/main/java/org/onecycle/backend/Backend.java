package org.onecycle.backend;

/**
 * The kernels that tensors compute with, by family.
 *
 * <p>{@link Nd4jBackend} has every family and runs on any ND4J device. A faster backend replaces
 * the families it is better at and takes the others from it; inside a family it may hand single
 * calls down, for types or shapes it does not cover. Kernels take and return {@link
 * org.onecycle.array.Array}s, allocate results in the current scope, never write to their arguments
 * unless their name says so, and know nothing of gradients' bookkeeping: a gradient is a kernel
 * like any other.
 */
public interface Backend {
  /** Returns the name by which logs and reports call this backend. */
  String name();

  /** Returns the operations on each element. */
  ElementwiseKernels elementwise();

  /** Returns sums, means and extremes along axes. */
  ReduceKernels reduce();

  /** Returns the operations that move elements without changing them. */
  ShapeKernels shape();

  /** Returns matrix products. */
  MatmulKernels matmul();

  /** Returns the operations on rows picked by index. */
  GatherKernels gather();

  /** Returns the steps of optimisers. */
  OptimKernels optim();

  /** Returns convolutions. */
  ConvKernels conv();

  /** Returns pooling. */
  PoolKernels pool();

  /** Returns normalisations. */
  NormKernels norm();

  /** Returns softmax and its logarithm. */
  SoftmaxKernels softmax();

  /** Returns recurrent layers. */
  RnnKernels rnn();

  /** Returns the resizing of pictures. */
  ResizeKernels resize();
}
