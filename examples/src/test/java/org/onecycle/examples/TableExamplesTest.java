package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.dflib.csv.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.examples.tables.InventedHouses;
import org.onecycle.examples.tables.InventedPeople;
import org.onecycle.examples.tables.InventedRatings;
import picocli.CommandLine;

/** The examples of tables on small invented tables in files. */
class TableExamplesTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private int run(String example, String... more) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    List<String> args = new ArrayList<>(List.of(example, "--data", folder.toString()));
    args.add("--report=" + folder.resolve("report.json"));
    args.addAll(List.of(more));
    return command.execute(args.toArray(new String[0]));
  }

  private JsonNode report(String example, String... more) throws IOException {
    assertEquals(0, run(example, more), err::toString);
    JsonNode json = new JsonMapper().readTree(folder.resolve("report.json").toFile());
    assertEquals(example, json.get("example").asText());
    return json;
  }

  private void assertFails(String expected, String example) {
    assertEquals(2, run(example), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(expected), err::toString);
    assertFalse(Files.exists(folder.resolve("report.json")), "a report of a failed run");
  }

  @Test
  void adultLearns() throws IOException {
    DataFrame people = InventedPeople.table(3000);
    Csv.save(people, folder.resolve("adult.csv"));
    JsonNode json = report("adult", "--epochs=5", "--seed=7");
    assertEquals(7, json.get("seed").asInt());
    assertEquals(5, json.get("history").size());
    double accuracy = json.get("final").get("accuracy").asDouble();
    assertTrue(accuracy > .82, "accuracy " + accuracy);
    assertEquals(json.get("history").get(4).get("accuracy").asDouble(), accuracy, 1e-6);
  }

  @Test
  void housingLearnsFromAnArffFile() throws IOException {
    DataFrame houses = InventedHouses.table(2000);
    StringBuilder arff = new StringBuilder("% invented\n@relation houses\n");
    houses
        .getColumnsIndex()
        .forEach(n -> arff.append("@attribute ").append(n).append(" numeric\n"));
    StringWriter rows = new StringWriter();
    Csv.save(houses, rows);
    arff.append("@data\n").append(rows.toString().replaceFirst("[^\n]*\n", ""));
    Files.writeString(folder.resolve("cal_housing.arff"), arff);
    JsonNode json = report("housing", "--epochs=8");
    double r2 = json.get("final").get("r2").asDouble();
    assertTrue(r2 > .6, "r2 " + r2);
    assertTrue(json.get("final").get("rmse").asDouble() < .3);
    assertTrue(json.get("final").get("median_relative_error").asDouble() < .3);
  }

  @Test
  void movielensLearns() throws IOException {
    Csv.save(InventedRatings.table(), folder.resolve("ratings.csv"));
    double mse = report("movielens").get("final").get("mse").asDouble();
    assertTrue(mse < .45, "mean squared error " + mse);
  }

  @Test
  void aFolderWithoutTheFileIsNamed() {
    assertFails("expected a file adult.csv", "adult");
  }

  @Test
  void aTableWithoutTheColumnsIsNamed() throws IOException {
    Files.writeString(folder.resolve("ratings.csv"), "userId,rating\n1,2\n");
    assertFails("expected a column movieId, the table has [userId, rating]", "movielens");
  }

  @Test
  void textAmongTheNumbersIsNamed() throws IOException {
    StringWriter rows = new StringWriter();
    Csv.save(InventedHouses.table(100), rows);
    String header = rows.toString().lines().findFirst().orElseThrow();
    String bad = rows.toString().replaceFirst("\n[^,]*,", "\nfar west,").substring(header.length());
    Files.writeString(folder.resolve("cal_housing.data"), bad.strip());
    assertFails("column longitude, row 0: expected a number, got 'far west'", "housing");
  }
}
