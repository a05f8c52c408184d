package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Tensor;

/**
 * The calls by reflection fit JJava's own classes, as the kernel traps show that they fit IJava's.
 */
class JJavaKernelTest {
  private static final class Cells extends BaseKernel {
    final List<DisplayData> shown = new ArrayList<>();

    Cells() {
      super(
          "cells",
          "1",
          null,
          List.of(),
          null,
          new JupyterIO(StandardCharsets.UTF_8),
          new CommManager(),
          new Renderer(),
          null,
          null,
          false,
          new StringStyler.Builder().build());
    }

    @Override
    public void display(DisplayData data) {
      shown.add(data);
    }

    @Override
    public Object evalRaw(String source) {
      return source;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
      return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return null;
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_YES;
    }
  }

  private final Cells cells = new Cells();

  @BeforeEach
  void start() {
    assertTrue(Kernel.running().isEmpty(), "there is no kernel yet");
    cells.onStartup();
  }

  @AfterEach
  void stop() {
    cells.onShutdown(false);
    assertTrue(Kernel.running().isEmpty(), "there is no kernel any more");
  }

  @Test
  void formsAreRegisteredWithItsRenderer() {
    Forms.register(Kernel.running().orElseThrow());
    DisplayData tensor = cells.getRenderer().render(Tensor.of(new long[] {1, 2}, 2));
    assertEquals("Tensor[2] INT64\n[1, 2]", tensor.getData(MIMEType.TEXT_PLAIN));
    DisplayData table = cells.getRenderer().render(DataFrame.byColumn("a").of(Series.of(7)));
    assertTrue(String.valueOf(table.getData(MIMEType.TEXT_HTML)).contains("<td>7</td>"));
    assertEquals(
        "<p>", cells.getRenderer().renderAs("<p>", "text/html").getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void whatIsShownHasANameAndCanBeUpdated() {
    Kernel kernel = Kernel.running().orElseThrow();
    String id = kernel.display(Shown.html("<b>one</b>", "one"));
    assertEquals(1, cells.shown.size());
    assertEquals(id, cells.shown.get(0).getDisplayId());
    assertEquals("<b>one</b>", cells.shown.get(0).getData(MIMEType.TEXT_HTML));
    assertFalse(cells.getIO().display.isAttached());
    kernel.update(id, Shown.text("two"));
  }

  @Test
  void progressIsShownInItsCells() {
    try (var bar = new NotebookProgressProvider().progress().orElseThrow().bar("train", 2)) {
      bar.step("");
    }
    new NotebookProgressProvider().progress().orElseThrow().begin(List.of("epoch"));
    assertEquals(1, cells.shown.size());
  }
}
