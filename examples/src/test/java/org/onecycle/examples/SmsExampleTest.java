package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.tensor.Rng;
import picocli.CommandLine;

class SmsExampleTest {
  @TempDir Path folder;

  @Test
  void readsMessagesAndNamesWhatIsWrong() throws IOException {
    Path file = folder.resolve("SMSSpamCollection");
    assertThrows(UncheckedIOException.class, () -> Messages.in(folder));
    Files.writeString(file, "Label\tSMS\nham\tsee \"you\"\tlater\nspam\tWIN\n");
    assertEquals(
        new Messages(List.of("see \"you\"\tlater", "WIN"), List.of("ham", "spam")),
        Messages.in(folder));
    Files.writeString(file, "ham\tone\neggs\ttwo\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Messages.in(folder)).getMessage();
    assertTrue(message.contains("line 2") && message.contains("eggs"), message);
  }

  @Test
  void learnsTheInventedMessagesAndReports() throws IOException {
    Messages messages = Messages.invented(new Rng(1));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      lines.append(messages.labels().get(i)).append('\t').append(messages.texts().get(i));
      lines.append('\n');
    }
    Files.writeString(folder.resolve("SMSSpamCollection"), lines);
    Path report = folder.resolve("report.json");
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    int code =
        command.execute("sms", "--data=" + folder, "--epochs=3", "--bs=32", "--report=" + report);
    assertEquals(0, code, err::toString);
    JsonNode json = new JsonMapper().readTree(report.toFile());
    assertEquals(3, json.get("history").size());
    assertTrue(json.get("final").get("accuracy").asDouble() > .9, json::toString);
  }
}
