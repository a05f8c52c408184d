package org.onecycle.parity;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.array.Host;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.tensor.Tensor;

/**
 * Which side of every ReLU's kink the values of one forward pass fell on.
 *
 * <p>A value that is zero but for rounding may fall on either side, and the gradient then differs
 * by percents without anything being wrong. So a FLOAT gradient is held against the true gradient
 * on FLOAT's side of the kinks: the DOUBLE model is run with the few values in question moved
 * across, which moves its output by rounding only.
 */
final class Kinks {
  private static final double BARELY = 1e-30;

  private final List<boolean[]> sides = new ArrayList<>();
  private int call;
  private int moved;
  private double farthest;

  /** Watches a model's forward pass until the handle is closed. */
  AutoCloseable watch(Module model) {
    return onReLUs(model, this::note);
  }

  /** Moves the values of another model's forward pass to the sides that were seen. */
  AutoCloseable follow(Module model) {
    call = 0;
    moved = 0;
    farthest = 0;
    return onReLUs(model, this::move);
  }

  /** Returns how many values {@link #follow} moved. */
  int moved() {
    return moved;
  }

  /** Returns the farthest that {@link #follow} moved one, relative to its tensor. */
  double farthest() {
    return farthest;
  }

  private interface Look {
    void at(Tensor output);
  }

  private static AutoCloseable onReLUs(Module model, Look look) {
    List<AutoCloseable> handles = new ArrayList<>();
    for (Module m : model.namedModules().values()) {
      if (m instanceof ReLU) {
        handles.add(m.onForward((module, in, out) -> look.at(out)));
      }
    }
    return () -> {
      for (AutoCloseable h : handles) {
        h.close();
      }
    };
  }

  private void note(Tensor output) {
    float[] y = output.toFloats();
    boolean[] on = new boolean[y.length];
    for (int i = 0; i < y.length; i++) {
      on[i] = y[i] > 0;
    }
    sides.add(on);
  }

  private void move(Tensor output) {
    boolean[] on = sides.get(call++);
    double[] y = output.toDoubles();
    double rms = Parity.rms(y);
    int before = moved;
    for (int i = 0; i < y.length; i++) {
      if (on[i] != y[i] > 0) {
        moved++;
        farthest = Math.max(farthest, y[i] / rms);
        y[i] = on[i] ? BARELY : 0;
      }
    }
    if (moved > before) {
      Host.put(y, output.value());
    }
  }
}
