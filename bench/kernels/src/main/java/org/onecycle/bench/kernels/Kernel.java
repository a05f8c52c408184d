package org.onecycle.bench.kernels;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An operation, forward alone and with its gradients, through tensors as a model calls it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx1g",
      "-Dorg.bytedeco.javacpp.maxbytes=0",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"
    })
public abstract class Kernel {
  private final Rng rng = new Rng(1);
  private Tensor[] arguments;
  private Tensor gradient;

  /** Makes a kernel. */
  protected Kernel() {}

  /** Returns the arguments. */
  abstract Tensor[] arguments();

  /** Computes. */
  abstract Tensor compute(Tensor... x);

  /** Returns random numbers. */
  final Tensor random(long... shape) {
    return Tensor.randn(rng, shape);
  }

  /** Returns random numbers that get a gradient. */
  final Tensor trained(long... shape) {
    return random(shape).requiresGrad(true);
  }

  /** Makes the arguments, outside of scopes. */
  @Setup
  public void prepare() {
    arguments = arguments();
    gradient = without(() -> random(compute(arguments).shape()));
  }

  private static Tensor without(Supplier<Tensor> work) {
    try (NoGrad off = NoGrad.on()) {
      return work.get();
    }
  }

  /** The operation alone. */
  @Benchmark
  public long forward() {
    try (var step = org.onecycle.array.Scope.open()) {
      return without(() -> compute(arguments)).numel();
    }
  }

  /** The operation and the gradients of all its arguments that have one. */
  @Benchmark
  public long forwardBackward() {
    try (var step = org.onecycle.array.Scope.open()) {
      Tensor y = compute(arguments);
      y.backward(gradient);
      for (Tensor x : arguments) {
        if (x.needsGrad()) {
          x.zeroGrad();
        }
      }
      return y.numel();
    }
  }
}
