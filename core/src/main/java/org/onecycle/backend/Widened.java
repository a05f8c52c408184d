package org.onecycle.backend;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.onecycle.array.Array;
import org.onecycle.array.DType;

/**
 * Kernels that compute in FLOAT what comes in BFLOAT16: what the portable kernels do not know, or
 * only slowly, they do in full precision. Results are BFLOAT16 again, but not gradients of weights.
 */
final class Widened {
  private Widened() {}

  /** Returns the kernels for either type. */
  static <K> K of(Class<K> kernels, K portable) {
    return kernels.cast(
        Proxy.newProxyInstance(
            kernels.getClassLoader(),
            new Class<?>[] {kernels},
            (proxy, operation, arguments) -> {
              boolean narrow = false;
              Object[] wide = arguments.clone();
              for (int i = 0; i < wide.length; i++) {
                if (wide[i] instanceof Array a && a.dtype() == DType.BFLOAT16) {
                  wide[i] = cast(a, DType.FLOAT);
                  narrow = true;
                }
              }
              try {
                Object result = operation.invoke(portable, wide);
                return narrow ? narrowed(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static Object narrowed(Object result) {
    if (result instanceof Grads g) {
      return new Grads(cast(g.x(), DType.BFLOAT16), g.weight(), g.bias());
    } else if (result instanceof NormKernels.Normalized n) {
      return new NormKernels.Normalized(cast(n.y(), DType.BFLOAT16), n.stats());
    } else if (result instanceof PoolKernels.Pooled p) {
      return new PoolKernels.Pooled(cast(p.y(), DType.BFLOAT16), p.workspace());
    }
    return result instanceof Array a ? cast(a, DType.BFLOAT16) : result;
  }

  private static Array cast(Array a, DType dtype) {
    return a == null || !a.dtype().isFloating()
        ? a
        : Backends.current().elementwise().cast(a, dtype);
  }
}
