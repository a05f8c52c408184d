package org.onecycle.array;

import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

/** Loads ND4J, once for the process, in a way that does not depend on who asks first. */
final class Natives {
  private Natives() {}

  /** Loads the native libraries and returns whether arrays lie in the processor's memory. */
  static boolean loadOnHost() {
    // ND4J looks for its natives through the context class loader of the first thread to use it;
    // a thread of the common pool may have one that does not see them, and it never looks again.
    ND4JClassLoading.setNd4jClassloaderFromClass(Natives.class);
    return Nd4j.getExecutioner().getClass().getSimpleName().startsWith("Native");
  }
}
