package org.onecycle.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of this process, on Linux. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  static boolean isKnown() {
    return Files.isReadable(STATUS);
  }

  /** The resident bytes. */
  static long resident() {
    return field("VmRSS:");
  }

  /** The most that has been resident at any time. */
  static long peak() {
    return field("VmHWM:");
  }

  /** The resident bytes without the Java heap's, all of which these tests keep resident. */
  static long besideHeap() {
    return resident() - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  /** The bytes of the Java heap in use after a collection. */
  static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long field(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      throw new IllegalStateException("no " + name + " in " + STATUS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }
}
