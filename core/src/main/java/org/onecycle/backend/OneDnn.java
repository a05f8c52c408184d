package org.onecycle.backend;

import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** oneDNN's processor engine, loaded once; a machine without it keeps the portable kernels. */
final class OneDnn {
  private static final Throwable FAILURE;
  private static final engine ENGINE;
  private static final stream STREAM;

  static {
    engine e = null;
    stream s = null;
    Throwable failure = null;
    try {
      e = new engine(engine.kind.cpu, 0);
      s = new stream(e);
    } catch (LinkageError | RuntimeException problem) {
      failure = problem;
    }
    ENGINE = e;
    STREAM = s;
    FAILURE = failure;
  }

  private OneDnn() {}

  /** Returns why oneDNN cannot be used, or null if it can. */
  static Throwable failure() {
    return FAILURE;
  }

  /** Returns why the processor is slower in BFLOAT16 than in FLOAT, or null if it is not. */
  static String bf16Obstacle() {
    int has = dnnl.dnnl_get_effective_cpu_isa();
    // Each level's bits contain those of the levels below it.
    int needed = dnnl.dnnl_cpu_isa_avx512_core_bf16;
    return (has & needed) == needed
        ? null
        : "the processor has neither AVX-512 BF16 nor AMX, so BFLOAT16 would be emulated";
  }

  /**
   * Returns whether convolutions are as fast on channels that stand last: measured with AVX2 and
   * AVX-512. Processors that have less, or are of another kind, take blocks of channels.
   */
  static boolean likesChannelsLast() {
    return (dnnl.dnnl_get_effective_cpu_isa() & dnnl.dnnl_cpu_isa_avx2) == dnnl.dnnl_cpu_isa_avx2;
  }

  static engine engine() {
    return ENGINE;
  }

  static stream stream() {
    return STREAM;
  }

  /**
   * Does without other threads what this one asks oneDNN for. ND4J and oneDNN share one OpenMP,
   * whose number of threads each thread has for itself.
   */
  static <T> T alone(Supplier<T> work) {
    int threads = OpenMp.OPS.ompGetMaxThreads();
    OpenMp.OPS.setOmpNumThreads(1);
    try {
      return work.get();
    } finally {
      OpenMp.OPS.setOmpNumThreads(threads);
    }
  }

  /** Loaded when it is needed: {@code NativeOpsHolder} fails for ever if it comes before ND4J. */
  private static final class OpenMp {
    static final NativeOps OPS;

    static {
      Nd4j.getExecutioner();
      OPS = NativeOpsHolder.getInstance().getDeviceNativeOps();
    }
  }
}
