package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import org.onecycle.notebook.kernel.TestKernel;

/** Under IJava's name, where notebooks and libraries look for the running kernel. */
public final class Kernel {
  private Kernel() {}

  /** Returns the running kernel, or null. */
  public static BaseKernel getKernelInstance() {
    return TestKernel.running();
  }
}
