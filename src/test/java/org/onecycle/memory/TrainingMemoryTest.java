package org.onecycle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.optim.Lr;
import org.onecycle.vision.models.Arch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Training holds as much memory at its three hundredth step as at its tenth. */
class TrainingMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingMemoryTest.class);
  private static final int STEPS = 300;
  private static final int TENTH = 9;
  private static final long MIB = 1 << 20;

  /** The collector decides when the wrappers of native memory go, so a little comes and goes. */
  private static final long SLACK = 8 * MIB;

  /** Compiled code, classes and the native allocator's own bookkeeping. */
  private static final long PROCESS_SLACK = 64 * MIB;

  @Test
  void threeHundredStepsLeaveNativeAndHeapMemoryFlatAfterTheTenth() {
    Assumptions.assumeTrue(ProcessMemory.isKnown(), "the resident memory is read from /proc");
    // What other tests have left would be given back meanwhile and hide a growth.
    ProcessMemory.heapInUse();
    MemoryUse.trim();
    Watch watch = new Watch();

    SmallTraining.learner(Arch.RESNET18, 32, 4, STEPS, watch).fitOneCycle(1, Lr.of(1e-3));

    assertEquals(STEPS, watch.arrays.size());
    LOG.info(
        "MiB at the tenth and the last step: arrays {} and {}, process {}, heap {}",
        watch.arrays.get(TENTH) / MIB,
        watch.arrays.get(STEPS - 1) / MIB,
        watch.process.stream().map(b -> b / MIB).toList(),
        watch.heap.stream().map(b -> b / MIB).toList());
    long then = watch.arrays.get(TENTH);
    for (int i = TENTH; i < STEPS; i++) {
      int step = i + 1;
      long grown = watch.arrays.get(i) - then;
      assertTrue(grown <= SLACK, () -> "step " + step + " holds more arrays by " + grown);
    }
    assertFlat("the process", watch.process, PROCESS_SLACK);
    assertFlat("the heap", watch.heap, SLACK);
  }

  /** What two moments, the tenth and the last step, show. */
  private static void assertFlat(String what, List<Long> bytes, long slack) {
    long grown = bytes.get(1) - bytes.get(0);
    assertTrue(
        grown <= slack,
        () -> what + " grew by " + grown / MIB + " MiB from " + bytes.get(0) / MIB + " MiB");
  }

  private static final class Watch extends Callback {
    private final List<Long> arrays = new ArrayList<>();
    private final List<Long> process = new ArrayList<>();
    private final List<Long> heap = new ArrayList<>();

    @Override
    public void afterBatch(Learner learn) {
      if (!learn.state().training()) {
        return;
      }
      MemoryUse use = MemoryUse.now();
      arrays.add(use.used() + use.pooled());
      if (arrays.size() == TENTH + 1 || arrays.size() == STEPS) {
        heap.add(ProcessMemory.heapInUse());
        process.add(ProcessMemory.besideHeap());
      }
    }
  }
}
