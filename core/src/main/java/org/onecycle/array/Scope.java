package org.onecycle.array;

import java.util.ArrayList;
import java.util.List;

/**
 * A region of native memory: every array allocated by this thread while the scope is the innermost
 * open one goes back to the pool when the scope closes.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *   Tensor loss = model.forward(x).sub(y).square().mean();
 *   loss.backward();
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>Scopes nest and belong to one thread. Reading an array whose scope has closed throws {@link
 * IllegalStateException}. Outside of scopes arrays are freed when they become unreachable.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

  private final Scope parent;
  private final Thread owner = Thread.currentThread();
  private final boolean outside;
  private List<Storage> storages = new ArrayList<>();
  private boolean closed;

  private Scope(Scope parent, boolean outside) {
    this.parent = parent;
    this.outside = outside;
  }

  /** Opens a scope inside the current one. */
  public static Scope open() {
    Scope scope = new Scope(CURRENT.get(), false);
    CURRENT.set(scope);
    return scope;
  }

  /**
   * Leaves all scopes until closed: what is allocated meanwhile lives as long as it is reachable,
   * as parameters and optimiser state must.
   */
  public static Scope outside() {
    Scope scope = new Scope(CURRENT.get(), true);
    CURRENT.set(scope);
    return scope;
  }

  /** Returns the scope that owns what is allocated now, or null. */
  static Scope current() {
    Scope s = CURRENT.get();
    return s == null || s.outside ? null : s;
  }

  void add(Storage storage) {
    storages.add(storage);
  }

  /**
   * Lets an array of this scope outlive it: it then belongs to the scope around this one, or to the
   * garbage collector.
   *
   * @return the array
   */
  public Array keep(Array array) {
    checkOpen();
    if (array.storage().scope() == this) {
      Scope target = parent;
      array.storage().moveTo(target == null || target.outside ? null : target);
    }
    return array;
  }

  /**
   * Lets an array of this scope outlive all scopes, as if it had been allocated outside of them.
   *
   * @return whether it does now; not if it is another scope's, or a small part of what it lies in
   */
  public boolean giveAway(Array array) {
    checkOpen();
    long bytes = array.numel() * array.dtype().bytes();
    if (!owns(array) || array.storage().bytes() > bytes + bytes / 4) {
      return false;
    }
    array.storage().moveTo(null);
    return true;
  }

  /** Returns whether the array was allocated in this very scope and still belongs to it. */
  public boolean owns(Array array) {
    return array.storage().scope() == this && !array.isReleased();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The scope is closed");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "The scope belongs to thread " + owner.getName() + ", not to this one");
    }
  }

  /**
   * Returns the scope's arrays to the pool.
   *
   * @throws IllegalStateException if another thread closes it or an inner scope is still open
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    checkOpen();
    if (CURRENT.get() != this) {
      throw new IllegalStateException("A scope inside this one is still open");
    }
    closed = true;
    if (parent == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(parent);
    }
    for (Storage s : storages) {
      if (s.scope() == this) {
        s.release();
      }
    }
    storages = null;
    if (parent == null && !outside) {
      Pool.tick();
    }
  }
}
