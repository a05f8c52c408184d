package org.onecycle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.LSTM;
import org.onecycle.nn.Layer;
import org.onecycle.nn.LinBnDrop;
import org.onecycle.nn.Linear;
import org.onecycle.nn.MaxPool2d;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Optimizer;
import org.onecycle.optim.Optimizers;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ten thousand steps of three kinds of models, on shapes that change, with evaluation in between
 * and errors in the middle of steps, leave native memory as it was halfway.
 */
class MixedStepsMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(MixedStepsMemoryTest.class);
  private static final int STEPS = 10_000;
  private static final long MIB = 1 << 20;
  private static final long ARRAY_SLACK = 4 * MIB;
  private static final long PROCESS_SLACK = 48 * MIB;
  private static final int WORDS = 50;

  /** Passes values through, and now and then fails as a user's layer might. */
  private static final class Failing extends Layer {
    private boolean fails;

    @Override
    protected Tensor compute(Tensor x) {
      if (fails) {
        throw new IllegalArgumentException("this step fails");
      }
      return x;
    }
  }

  /** Words to hidden states to words. */
  private static final class Words extends Module {
    private final Module embedding = add("embedding", new Embedding(WORDS, 12));
    private final LSTM lstm = add("lstm", new LSTM(12, 16));
    private final Module failing;
    private final Module decoder = add("decoder", new Linear(16, WORDS));

    Words(Module failing) {
      this.failing = add("failing", failing);
    }

    @Override
    public Tensor forward(Tensor... x) {
      Tensor h = lstm.call(embedding.call(x[0]));
      return decoder.call(failing.call(h));
    }
  }

  private final Rng rng = new Rng(1);
  private final Failing failing = new Failing();
  private final List<Module> models =
      List.of(
          new Sequential(
              new ConvLayer(3, 16),
              new MaxPool2d(2, 2, 0),
              failing,
              new ConvLayer(16, 20),
              new AdaptiveAvgPool2d(1),
              new Flatten(),
              new Linear(20, 4)),
          new Words(failing),
          new Sequential(new LinBnDrop(9, 24).module(), failing, new LinBnDrop(24, 3).module()));
  private final List<Optimizer> optimizers =
      models.stream()
          .map(m -> Optimizers.adam().create(List.of(Optimizers.trainableParams(m)), 1e-3))
          .toList();

  private Tensor input(int kind) {
    int n = 2 + rng.nextInt(5);
    return switch (kind) {
      case 0 -> Tensor.randn(rng, n, 3, 8 + rng.nextInt(12), 8 + rng.nextInt(6));
      case 1 -> {
        int length = 2 + rng.nextInt(12);
        long[] words = new long[n * length];
        java.util.Arrays.setAll(words, i -> rng.nextInt(WORDS));
        yield Tensor.of(words, n, length);
      }
      default -> Tensor.randn(rng, n, 9);
    };
  }

  private void step(int i) {
    int kind = i % models.size();
    Module model = models.get(kind);
    boolean evaluates = i % 10 == 7;
    failing.fails = i % 50 == 3;
    model.train(!evaluates);
    try (Scope s = Scope.open()) {
      Tensor x = input(kind);
      if (evaluates) {
        try (NoGrad off = NoGrad.on()) {
          assertEquals(x.size(0), model.call(x).size(0));
        }
      } else if (failing.fails) {
        assertThrows(IllegalArgumentException.class, () -> model.call(x));
      } else {
        Tensor loss = model.call(x).square().mean();
        loss.backwardReleasing();
        optimizers.get(kind).step();
        optimizers.get(kind).zeroGrad();
        assertTrue(Double.isFinite(loss.item()));
      }
    } finally {
      failing.fails = false;
    }
  }

  @Test
  void tenThousandMixedStepsLeaveNativeMemoryFlat() {
    Assumptions.assumeTrue(ProcessMemory.isKnown(), "the resident memory is read from /proc");
    long arrays = 0;
    long process = 0;
    for (int i = 0; i < STEPS; i++) {
      step(i);
      if (i == STEPS / 2) {
        ProcessMemory.heapInUse();
        process = ProcessMemory.besideHeap();
        arrays = MemoryUse.now().used() + MemoryUse.now().pooled();
      }
    }
    ProcessMemory.heapInUse();
    long after = ProcessMemory.besideHeap();
    long held = MemoryUse.now().used() + MemoryUse.now().pooled();
    LOG.info(
        "MiB after {} and {} steps: arrays {} and {}, process {} and {}",
        STEPS / 2,
        STEPS,
        arrays / MIB,
        held / MIB,
        process / MIB,
        after / MIB);
    assertTrue(held - arrays <= ARRAY_SLACK, "arrays grew from " + arrays + " to " + held);
    assertTrue(after - process <= PROCESS_SLACK, "process grew from " + process + " to " + after);
  }
}
