package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.tensor.Rng;
import picocli.CommandLine;

class ImdbExampleTest {
  @TempDir Path folder;

  @Test
  @DisplayName("E2E-05 a language model learns, then a classifier on its encoder, thawed by groups")
  void languageModelThenClassifier() throws IOException {
    Reviews reviews = Reviews.of(Reviews.invented(new Rng(1)));
    StringBuilder csv = new StringBuilder("label,text,is_valid\n");
    for (int i = 0; i < 320; i++) {
      csv.append(reviews.labels().get(i)).append(",\"").append(reviews.texts().get(i));
      csv.append("\",").append(reviews.isValid()[i] ? "True" : "False").append('\n');
    }
    Files.writeString(folder.resolve("texts.csv"), csv);
    Path report = folder.resolve("report.json");
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    int code =
        command.execute("imdb", "--data=" + folder, "--epochs=2", "--bs=4", "--report=" + report);
    assertEquals(0, code, err::toString);
    JsonNode json = new JsonMapper().readTree(report.toFile());
    assertEquals(7, json.get("history").size());
    assertTrue(json.get("history").get(1).get("perplexity").asDouble() < 15, json::toString);
    assertTrue(json.get("final").get("accuracy").asDouble() > .8, json::toString);
  }

  @Test
  void aTableWithoutTheTextIsNamed() throws IOException {
    Files.writeString(folder.resolve("texts.csv"), "label,txt,is_valid\npositive,a,True\n");
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    assertEquals(2, command.execute("imdb", "--data=" + folder), err::toString);
    String message = err.toString();
    assertTrue(message.contains("expected a column text, the table has [label, txt, is_valid]"));
    assertEquals(1, message.lines().count(), message);
  }
}
