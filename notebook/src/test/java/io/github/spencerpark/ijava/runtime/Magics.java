package io.github.spencerpark.ijava.runtime;

import java.util.List;
import org.onecycle.notebook.kernel.TestKernel;

/** Under IJava's name, what a line such as {@code %classpath lib/*.jar} becomes. */
public final class Magics {
  private Magics() {}

  /** Runs a magic of one line. */
  public static <T> T lineMagic(String name, List<String> args) throws Exception {
    return TestKernel.running().magics().applyLineMagic(name, args);
  }
}
