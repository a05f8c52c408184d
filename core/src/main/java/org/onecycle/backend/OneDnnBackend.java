package org.onecycle.backend;

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

  OneDnnBackend(Backend portable) {
    this.portable = portable;
    elementwise =
        Guarded.of(
            ElementwiseKernels.class,
            new OneDnnElementwise(portable.elementwise()),
            portable.elementwise());
    matmul =
        Guarded.of(MatmulKernels.class, new OneDnnMatmul(portable.matmul()), portable.matmul());
    shape = Guarded.of(ShapeKernels.class, new OneDnnShape(portable.shape()), portable.shape());
    conv = Guarded.of(ConvKernels.class, new OneDnnConv(portable.conv()), portable.conv());
    pool = Guarded.of(PoolKernels.class, new OneDnnPool(portable.pool()), portable.pool());
    norm = Guarded.of(NormKernels.class, new OneDnnNorm(portable.norm()), portable.norm());
    softmax =
        Guarded.of(SoftmaxKernels.class, new OneDnnSoftmax(portable.softmax()), portable.softmax());
    rnn = Guarded.of(RnnKernels.class, new OneDnnRnn(portable.rnn()), portable.rnn());
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
    return portable.reduce();
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
    return portable.resize();
  }
}
