package org.onecycle.nn;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.backend.Pool2dSpec;
import org.onecycle.tensor.Tensor;

/**
 * fastai's {@code ResBlock}: {@code act(convpath(x) + idpath(x))}, from {@code [N, ni, H, W]} to
 * {@code [N, nf, H', W']}.
 *
 * <p>With expansion 1 the path has two convolutions of the kernel's size, otherwise a 1x1, a larger
 * and a 1x1 one, and {@code ni} and {@code nf} are multiplied by the expansion. The last batch norm
 * starts at 0. Where the size changes the other way pools, where the channels change it has a 1x1
 * convolution.
 */
public final class ResBlock extends Layer {
  private static final int KERNEL = 3;

  private final List<Module> path;
  private final Module convpath;
  private final Module idpath;
  private final Module act;

  /** Makes a block of two 3x3 convolutions with batch norm. */
  public ResBlock(int ni, int nf) {
    this(1, ni, nf, ConvLayerOptions.DEFAULT);
  }

  /**
   * Makes a block of 3x3 convolutions.
   *
   * @param options stride, norm and activation; the activation must be there
   */
  public ResBlock(int expansion, int ni, int nf, ConvLayerOptions options) {
    if (options.act() == null) {
      throw new IllegalArgumentException("ResBlock expects an activation");
    }
    int in = ni * expansion;
    int out = nf * expansion;
    ConvLayerOptions wide = options;
    ConvLayerOptions plain = options.withStride(1);
    ConvLayerOptions last =
        plain.withNorm(options.norm().atEndOfBranch()).withAct(null).withGroups(1);
    path =
        expansion == 1
            ? List.of(new ConvLayer(in, nf, KERNEL, wide), new ConvLayer(nf, out, KERNEL, last))
            : List.of(
                new ConvLayer(in, nf, 1, plain.withGroups(1)),
                new ConvLayer(nf, nf, KERNEL, wide),
                new ConvLayer(nf, out, 1, last));
    convpath = add("convpath", new Sequential(path));
    List<Module> id = new ArrayList<>();
    int stride = options.stride();
    if (stride != 1) {
      id.add(new AvgPool2d(Pool2dSpec.of(stride, stride, 0).withCeilMode(true)));
    }
    if (in != out) {
      id.add(new ConvLayer(in, out, 1, ConvLayerOptions.DEFAULT.withAct(null)));
    }
    idpath = add("idpath", new Sequential(id));
    act = add("act", options.act().get());
  }

  @Override
  protected Tensor compute(Tensor x) {
    Module last = path.get(path.size() - 1);
    Module conv = last instanceof ConvLayer l ? l.only() : null;
    if (conv == null || last.hasHooks() || convpath.hasHooks()) {
      return onlyResult(() -> act.call(convpath.call(x).add(idpath.call(x))));
    }
    return onlyResult(
        () -> {
          Tensor y = x;
          for (Module m : path.subList(0, path.size() - 1)) {
            y = m.call(y);
          }
          return ConvNormAct.callSum(y, conv, null, act, idpath.call(x));
        });
  }
}
