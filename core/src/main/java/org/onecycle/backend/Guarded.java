package org.onecycle.backend;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kernels whose every operation the portable ones take over when oneDNN refuses it. Results are
 * right either way, so the first refusal of an operation warns and nothing stops.
 */
final class Guarded {
  private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private Guarded() {}

  /** Returns kernels that ask the fast ones first. */
  static <K> K of(Class<K> kernels, K fast, K portable) {
    return kernels.cast(
        Proxy.newProxyInstance(
            kernels.getClassLoader(),
            new Class<?>[] {kernels},
            (proxy, operation, arguments) -> {
              try {
                return operation.invoke(fast, arguments);
              } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof OneDnnRefusal refusal)) {
                  throw e.getCause();
                }
                if (WARNED.add(operation.getName())) {
                  LOG.warn(
                      "oneDNN refuses {} ({}): computing it with the slower portable kernels",
                      operation.getName(),
                      refusal.getMessage());
                }
              }
              try {
                return operation.invoke(portable, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
