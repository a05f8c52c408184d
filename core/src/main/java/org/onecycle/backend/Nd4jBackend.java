package org.onecycle.backend;

/**
 * Every kernel on ND4J operations: the path for GPUs, the reference for faster backends, and
 * complete on its own.
 */
public final class Nd4jBackend implements Backend {
  private final ElementwiseKernels elementwise = new Nd4jElementwise();
  private final ReduceKernels reduce = new Nd4jReduce();
  private final ShapeKernels shape = new Nd4jShape();
  private final MatmulKernels matmul = new Nd4jMatmul();
  private final GatherKernels gather = new Nd4jGather();
  private final OptimKernels optim = new HostOptim(new Nd4jOptim());
  private final ConvKernels conv = new Nd4jConv();
  private final PoolKernels pool = new Nd4jPool();
  private final NormKernels norm = new Nd4jNorm();
  private final SoftmaxKernels softmax = new Nd4jSoftmax();
  private final RnnKernels rnn = new Nd4jRnn();
  private final ResizeKernels resize = new PlaneResize();

  @Override
  public String name() {
    return "nd4j";
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
    return gather;
  }

  @Override
  public OptimKernels optim() {
    return optim;
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
