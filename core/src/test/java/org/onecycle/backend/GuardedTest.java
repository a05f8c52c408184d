package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.slf4j.LoggerFactory;

class GuardedTest {

  /** Matrix products of which oneDNN refuses every one. */
  private static MatmulKernels refusing(int[] asked) {
    return (MatmulKernels)
        java.lang.reflect.Proxy.newProxyInstance(
            MatmulKernels.class.getClassLoader(),
            new Class<?>[] {MatmulKernels.class},
            (p, m, a) ->
                OneDnnCall.cached(
                    () -> {
                      asked[0]++;
                      throw new IllegalStateException("could not create a primitive descriptor");
                    },
                    "a primitive nobody can make"));
  }

  @Test
  void aRefusedPrimitiveIsComputedPortablyWithOneWarning() {
    Assumptions.assumeTrue(OneDnn.failure() == null, "oneDNN's natives are not here");
    Logger log = (Logger) LoggerFactory.getLogger(Guarded.class);
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.start();
    log.addAppender(seen);
    int[] asked = new int[1];
    try (Scope s = Scope.open()) {
      MatmulKernels portable = new Nd4jBackend().matmul();
      MatmulKernels guarded = Guarded.of(MatmulKernels.class, refusing(asked), portable);
      Array a = Array.empty(DType.FLOAT, 2, 2);
      Host.put(new float[] {1, 2, 3, 4}, a);
      for (int i = 0; i < 3; i++) {
        float[] product = Host.floats(guarded.matmul(a, a, false, false));
        assertArrayEquals(new float[] {7, 10, 15, 22}, product);
      }
    } finally {
      log.detachAppender(seen);
    }
    assertEquals(1, asked[0], "what cannot be made is not tried again");
    assertEquals(1, seen.list.size());
    assertEquals(
        "oneDNN refuses matmul (could not create a primitive descriptor): computing it with the"
            + " slower portable kernels",
        seen.list.get(0).getFormattedMessage());
  }

  @Test
  void otherErrorsPassAsTheyAre() {
    IllegalArgumentException wrong = new IllegalArgumentException("wrong shape");
    MatmulKernels throwing =
        (MatmulKernels)
            java.lang.reflect.Proxy.newProxyInstance(
                MatmulKernels.class.getClassLoader(),
                new Class<?>[] {MatmulKernels.class},
                (p, m, a) -> {
                  throw wrong;
                });
    MatmulKernels guarded = Guarded.of(MatmulKernels.class, throwing, new Nd4jBackend().matmul());
    Array a = Array.detached(DType.FLOAT, 2, 2);
    assertSame(
        wrong,
        assertThrows(IllegalArgumentException.class, () -> guarded.matmul(a, a, false, false)));
  }
}
