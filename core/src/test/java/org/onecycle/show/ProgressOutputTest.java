package org.onecycle.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressOutputTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private void show(ProgressOutput output) {
    output.begin(List.of("epoch", "train_loss", "time"));
    try (ProgressOutput.Bar bar = output.bar("epoch 1/1", 3)) {
      bar.step("loss 1.0");
    }
    output.row(List.of("0", "1.234567", "00:01"));
  }

  @Test
  void rowsStandUnderTheirColumns() {
    show(ProgressOutput.rows(out));
    assertEquals(
        String.join(
            System.lineSeparator(),
            "epoch  train_loss        time",
            "    0    1.234567       00:01",
            ""),
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBarNamesItsWorkAndItsMessage() {
    ProgressOutput output = new TerminalProgress(out);
    try (ProgressOutput.Bar bar = output.bar("epoch 1/1", 3)) {
      bar.step("loss 1.0");
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("epoch 1/1"), text);
  }

  @Test
  void withoutBarsTheRowsRemain() {
    show(new TerminalProgress(out).withoutBars());
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("1.234567") && !text.contains("epoch 1/1"), text);
  }

  @Test
  void nothingShowsNothing() {
    show(ProgressOutput.none());
    assertEquals(0, bytes.size());
  }
}
