package org.onecycle.memory;

import java.util.Locale;
import org.onecycle.array.MemoryUse;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.optim.Lr;
import org.onecycle.vision.models.Arch;

/**
 * Prints what a process holds that trains a ResNet-34 on pictures of 224 pixels, 8 at a time; a
 * measurement to run by hand, since it takes a while.
 */
public final class ResNetMemory {
  private static final int STEPS = 10;

  private ResNetMemory() {}

  /** Runs the measurement; arguments (all or none): architecture, size of the pictures, bs. */
  public static void main(String[] args) {
    Arch arch = args.length > 0 ? Arch.of(args[0]) : Arch.RESNET34;
    int size = args.length > 0 ? Integer.parseInt(args[1]) : 224;
    int bs = args.length > 0 ? Integer.parseInt(args[2]) : 8;
    SmallTraining.learner(arch, size, bs, STEPS, new Print()).fitOneCycle(1, Lr.of(1e-3));
    System.out.printf(
        Locale.ROOT,
        "%s at %d px, bs %d, %d steps: peak resident %.2f GiB%n",
        arch.id(),
        size,
        bs,
        STEPS,
        ProcessMemory.peak() / (double) (1 << 30));
  }

  private static final class Print extends Callback {
    private long last = System.nanoTime();

    @Override
    public void afterBatch(Learner learn) {
      MemoryUse use = MemoryUse.now();
      long now = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "%s step %d: %.2f s, arrays %d MiB, pooled %d MiB, resident %d MiB%n",
          learn.state().training() ? "train" : "valid",
          learn.state().iter(),
          (now - last) * 1e-9,
          use.used() >> 20,
          use.pooled() >> 20,
          ProcessMemory.resident() >> 20);
      last = now;
    }
  }
}
