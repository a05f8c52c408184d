package org.onecycle.array;

/**
 * Native memory held for arrays, in bytes.
 *
 * @param used memory of living arrays
 * @param pooled memory kept for the next arrays
 */
public record MemoryUse(long used, long pooled) {
  /** Returns what arrays hold at this moment. */
  public static MemoryUse now() {
    return Pool.use();
  }

  /** Gives pooled memory back to the system. */
  public static void trim() {
    Pool.clear();
  }
}
