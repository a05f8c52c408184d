package org.onecycle.tensor;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;

/**
 * Reverse-mode differentiation: what each operation leaves behind, and the one walk over it.
 *
 * <p>An operation whose inputs need gradients leaves a node with the function that turns the
 * gradient of its result into those of its inputs. The walk visits nodes from the newest to the
 * oldest, so each has the whole gradient of its result when its turn comes. What is passed is
 * freed: gradients of inner results at once, the nodes themselves too.
 */
final class Tape {
  private static final AtomicLong CLOCK = new AtomicLong();

  /** Turns the gradient of a result into the inputs' gradients; null where none is wanted. */
  @FunctionalInterface
  interface GradFn {
    Array[] grad(Array dy);

    /**
     * As {@link #grad(Array)}.
     *
     * @param own whether nobody else holds {@code dy}, so that it may be written over
     */
    default Array[] grad(Array dy, boolean own) {
      return grad(dy);
    }
  }

  /** A function that writes over the gradient it gets where it may. */
  @FunctionalInterface
  interface OverGradFn extends GradFn {
    @Override
    Array[] grad(Array dy, boolean own);

    @Override
    default Array[] grad(Array dy) {
      return grad(dy, false);
    }
  }

  /** One operation on the tape. */
  static final class Node {
    final long time = CLOCK.getAndIncrement();
    final String op;
    final Array value;
    Tensor[] inputs;
    GradFn fn;

    Node(String op, Array value, Tensor[] inputs, GradFn fn) {
      this.op = op;
      this.value = value;
      this.inputs = inputs;
      this.fn = fn;
    }

    void watch(Consumer<Tensor> watch) {
      GradFn before = fn;
      fn =
          dy -> {
            try (NoGrad off = NoGrad.on()) {
              watch.accept(new Tensor(dy));
            }
            return before.grad(dy);
          };
    }
  }

  private Tape() {}

  /** As {@link #record(String, Array, GradFn, Tensor...)}. */
  static Tensor recordOver(String op, Array out, OverGradFn fn, Tensor... inputs) {
    return record(op, out, fn, inputs);
  }

  /** Returns the result as a tensor, with a node if one of the inputs needs a gradient. */
  static Tensor record(String op, Array out, GradFn fn, Tensor... inputs) {
    if (NoGrad.gradEnabled()) {
      for (Tensor t : inputs) {
        if (t.needsGrad()) {
          return new Tensor(out, new Node(op, out, inputs, fn));
        }
      }
    }
    return new Tensor(out);
  }

  /**
   * Walks back from the root.
   *
   * @param seed the gradient of the root
   * @param kept null to leave the values of inner results alone; else those values go back to the
   *     pool as the walk passes, except the root's and these tensors'
   */
  static void backward(Tensor root, Array seed, Tensor[] kept) {
    try (Scope all = Scope.open()) {
      new Walk(all, kept == null ? null : shares(root, kept)).run(root, seed);
    }
  }

  /** Counts for every piece of memory the inner results that lie in it. */
  private static Map<Object, int[]> shares(Tensor root, Tensor[] kept) {
    Map<Object, int[]> count = new IdentityHashMap<>();
    Set<Node> seen = new HashSet<>();
    Deque<Node> todo = new ArrayDeque<>();
    todo.add(root.node());
    seen.add(root.node());
    while (!todo.isEmpty()) {
      Node n = todo.pop();
      count.computeIfAbsent(n.value.storageKey(), k -> new int[1])[0]++;
      for (Tensor t : n.inputs == null ? new Tensor[0] : n.inputs) {
        if (t.node() != null && seen.add(t.node())) {
          todo.push(t.node());
        } else if (t.node() == null) {
          // A leaf's memory is its owner's, also when inner results are views of it.
          count.computeIfAbsent(t.value().storageKey(), k -> new int[1])[0]++;
        }
      }
    }
    for (Tensor t : kept) {
      count.computeIfAbsent(t.value().storageKey(), k -> new int[1])[0]++;
    }
    count.computeIfAbsent(root.value().storageKey(), k -> new int[1])[0]++;
    return count;
  }

  private static final class Walk {
    private final Scope all;
    private final Map<Object, int[]> shares;
    private final Map<Node, Array> pending = new IdentityHashMap<>();
    private final Map<Object, int[]> holds = new IdentityHashMap<>();
    private final PriorityQueue<Node> queue =
        new PriorityQueue<>(Comparator.comparingLong((Node n) -> -n.time));

    Walk(Scope all, Map<Object, int[]> shares) {
      this.all = all;
      this.shares = shares;
    }

    void run(Tensor root, Array seed) {
      pass(root, seed, null, false);
      while (!queue.isEmpty()) {
        Node n = queue.poll();
        Array dy = pending.remove(n);
        try (Scope step = Scope.open()) {
          if (n.fn == null) {
            throw new IllegalStateException(
                "backward() has already walked through this " + n.op + ": its graph is gone");
          }
          Array[] grads = n.fn.grad(dy, solelyHeld(dy));
          for (int i = 0; i < n.inputs.length; i++) {
            if (grads[i] != null && n.inputs[i].needsGrad()) {
              check(n, n.inputs[i], grads[i]);
              pass(n.inputs[i], grads[i], step, solely(grads, i));
            }
          }
        }
        drop(dy);
        n.fn = null;
        n.inputs = null;
        if (shares != null) {
          int[] left = shares.get(n.value.storageKey());
          if (--left[0] == 0) {
            n.value.release();
          }
        }
      }
    }

    private static void check(Node n, Tensor input, Array grad) {
      if (!grad.hasShape(input.shape()) || grad.dtype() != input.dtype()) {
        throw new IllegalStateException(
            "The gradient of " + n.op + " is " + grad + " for an input " + input.value());
      }
    }

    private static boolean solely(Array[] grads, int at) {
      for (int i = 0; i < grads.length; i++) {
        if (i != at && grads[i] != null && grads[i].sharesStorage(grads[at])) {
          return false;
        }
      }
      return true;
    }

    private void pass(Tensor to, Array grad, Scope step, boolean solely) {
      Node n = to.node();
      if (n == null) {
        to.accumulate(grad, solely ? step : null);
        return;
      }
      Array before = pending.get(n);
      if (before == null) {
        pending.put(n, hold(grad, step));
        queue.add(n);
      } else if (solelyHeld(before)) {
        Backends.current().elementwise().addInPlace(before, grad, 1);
      } else {
        Array sum =
            Backends.current().elementwise().binary(org.onecycle.backend.Binary.ADD, before, grad);
        pending.put(n, hold(sum, step));
        drop(before);
      }
    }

    private Array hold(Array grad, Scope step) {
      if (step != null) {
        step.keep(grad);
      }
      if (all.owns(grad)) {
        holds.computeIfAbsent(grad.storageKey(), k -> new int[1])[0]++;
      }
      return grad;
    }

    private boolean solelyHeld(Array grad) {
      int[] h = holds.get(grad.storageKey());
      return h != null && h[0] == 1;
    }

    private void drop(Array grad) {
      int[] h = holds.get(grad.storageKey());
      if (h != null && --h[0] == 0) {
        holds.remove(grad.storageKey());
        grad.release();
      }
    }
  }
}
