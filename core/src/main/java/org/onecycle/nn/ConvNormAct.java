package org.onecycle.nn;

import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Calls a convolution, a batch norm and a ReLU one after the other, as fewer kernels where nobody
 * can see the difference: what a model's {@code forward} uses for such a chain.
 *
 * <p>While training the norm and the ReLU are one kernel. In evaluation without a graph all are
 * one: the norm is folded into the convolution's weight, {@code w' = w gamma / sqrt(var + eps)},
 * and the sum with the way past the block is part of it too. Layers with hooks, and other layers
 * than these, are called one by one.
 */
public final class ConvNormAct {
  private ConvNormAct() {}

  /**
   * Returns {@code act(norm(conv(x)))}.
   *
   * @param act the last layer, or null
   */
  public static Tensor call(Tensor x, Module conv, Module norm, Module act) {
    Folded folded = fold(x, conv, norm, act);
    return folded == null ? normAct(conv.call(x), norm, act) : folded.call(x, null, act != null);
  }

  /** Returns {@code act(norm(conv(x)) + addend)}: the end of a residual block. */
  public static Tensor callSum(Tensor x, Module conv, Module norm, Module act, Tensor addend) {
    Folded folded = fold(x, conv, norm, act);
    return folded == null || !folded.gives(x, addend)
        ? act.call(norm.call(conv.call(x)).add(addend))
        : folded.call(x, addend, true);
  }

  /** Returns how many modules of a chain, from a position on, {@link #run} takes at once. */
  static int length(List<? extends Module> chain, int at) {
    if (chain.get(at) instanceof Conv2d && is(chain, at + 1, BatchNorm2d.class)) {
      return is(chain, at + 2, ReLU.class) ? 3 : 2;
    }
    return chain.get(at) instanceof BatchNorm && is(chain, at + 1, ReLU.class) ? 2 : 1;
  }

  private static boolean is(List<? extends Module> chain, int at, Class<?> type) {
    return at < chain.size() && type.isInstance(chain.get(at));
  }

  /** Runs that many modules of a chain. */
  static Tensor run(List<? extends Module> chain, int at, int length, Tensor... inputs) {
    Module first = chain.get(at);
    if (length == 1 || inputs.length != 1) {
      Tensor y = first.call(inputs);
      for (Module m : chain.subList(at + 1, at + length)) {
        y = m.call(y);
      }
      return y;
    }
    return first instanceof Conv2d
        ? call(inputs[0], first, chain.get(at + 1), length == 3 ? chain.get(at + 2) : null)
        : normAct(inputs[0], first, chain.get(at + 1));
  }

  /** Returns {@code act(norm(x))}; {@code act} may be null. */
  private static Tensor normAct(Tensor x, Module norm, Module act) {
    if (act == null) {
      return norm.call(x);
    }
    boolean one =
        act instanceof ReLU
            && norm instanceof BatchNorm
            && norm.isTraining()
            && !act.hasHooks()
            && !norm.hasHooks();
    return one ? ((BatchNorm) norm).withRelu(x) : act.call(norm.call(x));
  }

  private static Folded fold(Tensor x, Module conv, Module norm, Module act) {
    return !NoGrad.gradEnabled()
            && conv instanceof Conv2d c
            && norm instanceof BatchNorm2d n
            && (act == null || (act instanceof ReLU && !act.hasHooks()))
            && !norm.isTraining()
            && !conv.hasHooks()
            && !norm.hasHooks()
            && x.dtype() == DType.FLOAT
        ? c.folded(n, x)
        : null;
  }
}
