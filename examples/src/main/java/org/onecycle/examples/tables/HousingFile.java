package org.onecycle.examples.tables;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.onecycle.tabular.Tables;

/** California housing, with (ARFF) or without names of its columns. */
public final class HousingFile {
  static final List<String> NAMES =
      List.of(
          "longitude",
          "latitude",
          "housingMedianAge",
          "totalRooms",
          "totalBedrooms",
          "population",
          "households",
          "medianIncome",
          "medianHouseValue");

  private HousingFile() {}

  /**
   * Reads the table.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static DataFrame read(Path file) {
    List<String> names = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (line.regionMatches(true, 0, "@attribute ", 0, 11)) {
          names.add(line.split("\\s+")[1]);
        } else if (!line.isBlank() && !line.startsWith("%") && !line.startsWith("@")) {
          rows.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    rows.add(0, String.join(",", names.isEmpty() ? NAMES : names));
    return Tables.readCsv(new StringReader(String.join("\n", rows)));
  }
}
