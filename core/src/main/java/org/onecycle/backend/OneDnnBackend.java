package org.onecycle.backend;

import java.util.function.UnaryOperator;

/**
 * oneDNN called directly, on layouts it chooses itself, for what it does faster than ND4J on a
 * processor; all else is {@link Nd4jBackend}'s.
 */
final class OneDnnBackend implements Backend {
  private final Backend portable;
  private final ElementwiseKernels elementwise;
  private final MatmulKernels matmul;
  private final ConvKernels conv;
  private final ShapeKernels shape;
  private final PoolKernels pool;
  private final NormKernels norm;
  private final SoftmaxKernels softmax;
  private final RnnKernels rnn;
  private final ResizeKernels resize;
  private final ReduceKernels reduce;

  OneDnnBackend(Backend portable) {
    this.portable = portable;
    elementwise =
        Guarded.of(
            ElementwiseKernels.class,
            new OneDnnElementwise(portable.elementwise()),
            portable.elementwise());
    shape = Guarded.of(ShapeKernels.class, new OneDnnShape(portable.shape()), portable.shape());
    matmul = guarded(MatmulKernels.class, portable.matmul(), OneDnnMatmul::new);
    conv = guarded(ConvKernels.class, portable.conv(), OneDnnConv::new);
    pool = guarded(PoolKernels.class, portable.pool(), OneDnnPool::new);
    norm = guarded(NormKernels.class, portable.norm(), OneDnnNorm::new);
    softmax = guarded(SoftmaxKernels.class, portable.softmax(), OneDnnSoftmax::new);
    rnn = guarded(RnnKernels.class, portable.rnn(), OneDnnRnn::new);
    reduce = new HostReduce(Widened.of(ReduceKernels.class, portable.reduce()));
    resize = Widened.of(ResizeKernels.class, portable.resize());
  }

  /** Returns fast kernels over the portable ones, which compute BFLOAT16 in FLOAT. */
  private static <K> K guarded(Class<K> kernels, K portable, UnaryOperator<K> fast) {
    K wide = Widened.of(kernels, portable);
    return Guarded.of(kernels, fast.apply(wide), wide);
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public ElementwiseKernels elementwise() {
    return elementwise;
  }

  @Override
  public ReduceKernels reduce() {
    return reduce;
  }

  @Override
  public ShapeKernels shape() {
    return shape;
  }

  @Override
  public MatmulKernels matmul() {
    return matmul;
  }

  @Override
  public GatherKernels gather() {
    return portable.gather();
  }

  @Override
  public ConvKernels conv() {
    return conv;
  }

  @Override
  public PoolKernels pool() {
    return pool;
  }

  @Override
  public NormKernels norm() {
    return norm;
  }

  @Override
  public OptimKernels optim() {
    return portable.optim();
  }

  @Override
  public SoftmaxKernels softmax() {
    return softmax;
  }

  @Override
  public RnnKernels rnn() {
    return rnn;
  }

  @Override
  public ResizeKernels resize() {
    return resize;
  }
}
