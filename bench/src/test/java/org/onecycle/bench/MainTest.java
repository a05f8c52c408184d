package org.onecycle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine main = Main.commandLine().setErr(new PrintWriter(err));
    return main.execute(args);
  }

  @Test
  void anUnknownRowIsAUsageErrorThatListsTheRows() {
    assertEquals(2, run("resnet34_train", "resnet35_train"));
    assertTrue(err.toString().contains("resnet35_train"), err.toString());
    for (String id : Row.ids()) {
      assertTrue(err.toString().contains(id), id);
    }
  }

  @ParameterizedTest
  @CsvSource({"--threads=0", "--threads=x", "--photos=/no/such/folder", "--nonsense", "--report"})
  void wrongOptionsAreUsageErrors(String option) {
    assertEquals(2, run(option));
  }

  @Test
  void listsWithoutMeasuring() {
    assertEquals(0, run("--list", "tabular_train"));
  }
}
