package org.onecycle.nn;

import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Calls a convolution or a linear layer, a batch norm and a ReLU one after the other, as fewer
 * kernels where nobody can see the difference: what a model's {@code forward} uses for such a
 * chain.
 *
 * <p>A convolution or a linear layer and a ReLU without a norm between are one kernel. While
 * training the norm and the ReLU are one. In evaluation without a graph all three are: the norm is
 * folded into the convolution's weight, {@code w' = w gamma / sqrt(var + eps)}, and the sum with
 * the way past the block is part of it too. Layers with hooks, and other layers than these, are
 * called one by one.
 */
public final class ConvNormAct {
  private ConvNormAct() {}

  /**
   * Returns {@code act(norm(conv(x)))}.
   *
   * @param norm the layer between, or null
   * @param act the last layer, or null
   */
  public static Tensor call(Tensor x, Module conv, Module norm, Module act) {
    if (norm == null) {
      return isRelu(act) && isBiased(conv)
          ? ((Conv2d) conv).withRelu(x, null)
          : act == null ? conv.call(x) : act.call(conv.call(x));
    }
    Folded folded = fold(x, conv, norm, act);
    return folded == null ? normAct(conv.call(x), norm, act) : folded.call(x, null, act != null);
  }

  /**
   * Returns {@code act(norm(conv(x)) + addend)}: the end of a residual block.
   *
   * @param norm the layer between, or null
   */
  public static Tensor callSum(Tensor x, Module conv, Module norm, Module act, Tensor addend) {
    if (norm == null) {
      return isRelu(act) && isBiased(conv)
          ? ((Conv2d) conv).withRelu(x, addend)
          : act.call(conv.call(x).add(addend));
    }
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
    Module m = chain.get(at);
    boolean takesRelu = m instanceof BatchNorm || m instanceof Conv2d || m instanceof Linear;
    return takesRelu && is(chain, at + 1, ReLU.class) ? 2 : 1;
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
    Module second = chain.get(at + 1);
    if (first instanceof Linear linear) {
      return linearAct(inputs[0], linear, second);
    }
    if (!(first instanceof Conv2d)) {
      return normAct(inputs[0], first, second);
    }
    return second instanceof ReLU
        ? call(inputs[0], first, null, second)
        : call(inputs[0], first, second, length == 3 ? chain.get(at + 2) : null);
  }

  private static boolean isRelu(Module act) {
    return act instanceof ReLU && !act.hasHooks();
  }

  private static boolean isBiased(Module conv) {
    return conv instanceof Conv2d c && c.bias() != null && !c.hasHooks();
  }

  private static Tensor linearAct(Tensor x, Linear linear, Module act) {
    return isRelu(act) && !linear.hasHooks() ? linear.withRelu(x) : act.call(linear.call(x));
  }

  /**
   * Returns {@code act(norm(x))}.
   *
   * @param act the last layer, or null
   */
  public static Tensor normAct(Tensor x, Module norm, Module act) {
    if (act == null) {
      return norm.call(x);
    }
    boolean one = isRelu(act) && norm instanceof BatchNorm && norm.isTraining() && !norm.hasHooks();
    return one ? ((BatchNorm) norm).withRelu(x) : act.call(norm.call(x));
  }

  private static Folded fold(Tensor x, Module conv, Module norm, Module act) {
    return !NoGrad.gradEnabled()
            && conv instanceof Conv2d c
            && norm instanceof BatchNorm2d n
            && (act == null || isRelu(act))
            && !norm.isTraining()
            && !conv.hasHooks()
            && !norm.hasHooks()
            && x.dtype() == DType.FLOAT
        ? c.folded(n, x)
        : null;
  }
}
