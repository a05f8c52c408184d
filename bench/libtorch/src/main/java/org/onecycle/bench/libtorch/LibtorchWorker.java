package org.onecycle.bench.libtorch;

import org.onecycle.bench.work.WorkerLoop;

/** Does libtorch's side of a row, in a process of its own. */
public final class LibtorchWorker {
  private LibtorchWorker() {}

  /**
   * Serves a driver over the standard streams.
   *
   * @param args the row and the folder of its inputs
   */
  public static void main(String... args) {
    WorkerLoop.serve(
        System.in,
        System.out,
        "libtorch",
        () -> {
          throw new UnsupportedOperationException("not written");
        });
  }
}
