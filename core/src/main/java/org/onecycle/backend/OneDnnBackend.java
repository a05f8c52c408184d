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
    elementwise = new OneDnnElementwise(portable.elementwise());
    matmul = new OneDnnMatmul(portable.matmul());
    shape = new OneDnnShape(portable.shape());
    conv = new OneDnnConv(portable.conv());
    pool = new OneDnnPool(portable.pool());
    norm = new OneDnnNorm(portable.norm());
    softmax = new OneDnnSoftmax(portable.softmax());
    rnn = new OneDnnRnn(portable.rnn());
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
