package org.onecycle.examples;

import java.io.PrintStream;
import org.onecycle.io.DownloadProgress;
import org.onecycle.show.ProgressOutput;

/** Says what is downloaded and shows a bar in MiB while it comes, when somebody is watching. */
final class DownloadBar implements DownloadProgress, AutoCloseable {
  private static final long MIB = 1 << 20;

  private final ProgressOutput output;
  private final PrintStream out;
  private String current = "";
  private long shown;
  private ProgressOutput.Bar bar;

  DownloadBar(ProgressOutput output, PrintStream out) {
    this.output = output;
    this.out = out;
  }

  @Override
  public void update(String name, long done, long total) {
    if (!name.equals(current)) {
      close();
      current = name;
      shown = 0;
      out.println("Downloading " + name + (total < 0 ? "" : " (" + total / MIB + " MiB)"));
      bar = output.bar(name, Math.max(0, total / MIB));
    }
    for (; shown < done / MIB; shown++) {
      bar.step("MiB");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    current = "";
  }
}
