package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** Under IJava's name, what its notebooks call to show things. */
public final class Display {
  private Display() {}

  /** Returns an object in the form that suits it. */
  public static DisplayData render(Object o) {
    return kernel().getRenderer().render(o);
  }

  /** Returns an object in these forms. */
  public static DisplayData render(Object o, String... as) {
    return kernel().getRenderer().renderAs(o, as);
  }

  /** Shows an object; returns a name for updates. */
  public static String display(Object o) {
    return display(render(o));
  }

  /** Shows an object in these forms; returns a name for updates. */
  public static String display(Object o, String... as) {
    return display(render(o, as));
  }

  /** Shows another object in its place. */
  public static void updateDisplay(String id, Object o) {
    kernel().getIO().display.updateDisplay(id, render(o));
  }

  /** Shows another object in its place, in these forms. */
  public static void updateDisplay(String id, Object o, String... as) {
    kernel().getIO().display.updateDisplay(id, render(o, as));
  }

  private static String display(DisplayData data) {
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    kernel().display(data);
    return data.getDisplayId();
  }

  private static BaseKernel kernel() {
    return Kernel.getKernelInstance();
  }
}
