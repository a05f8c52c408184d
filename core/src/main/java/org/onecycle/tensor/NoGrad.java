package org.onecycle.tensor;

/**
 * While open, this thread's operations leave no trace for gradients.
 *
 * <pre>{@code
 * try (NoGrad off = NoGrad.on()) {
 *   Tensor prediction = model.forward(x);
 * }
 * }</pre>
 */
public final class NoGrad implements AutoCloseable {
  private static final ThreadLocal<Boolean> OFF = ThreadLocal.withInitial(() -> false);

  private final boolean before;

  private NoGrad(boolean off) {
    before = OFF.get();
    OFF.set(off);
  }

  /** Turns gradients off until closed. */
  public static NoGrad on() {
    return new NoGrad(true);
  }

  /** Turns gradients on until closed, within a region where they are off. */
  public static NoGrad enableGrad() {
    return new NoGrad(false);
  }

  /** Returns whether this thread records gradients. */
  public static boolean gradEnabled() {
    return !OFF.get();
  }

  @Override
  public void close() {
    OFF.set(before);
  }
}
