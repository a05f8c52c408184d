package org.onecycle.backend;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

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

  static engine engine() {
    return ENGINE;
  }

  static stream stream() {
    return STREAM;
  }
}
