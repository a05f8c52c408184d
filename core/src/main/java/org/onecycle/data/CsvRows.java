package org.onecycle.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of CSV files in UTF-8 whose first line names the columns; all values are text. */
public final class CsvRows {
  private static final Logger LOG = LoggerFactory.getLogger(CsvRows.class);

  private static final Character QUOTE = '"';

  private CsvRows() {}

  /** Reads a file whose cells are separated by commas. */
  public static List<Row> read(Path file) {
    return read(file, ',');
  }

  /** As {@link #read(Path, char, boolean)}, with cells that may be quoted. */
  public static List<Row> read(Path file, char delimiter) {
    return read(file, delimiter, true);
  }

  /**
   * Reads a file. Cells may be quoted and then hold delimiters, quotes (doubled) and line breaks;
   * empty lines are skipped. Bytes that are not UTF-8 become U+FFFD, with a warning.
   *
   * @param quoted false where a quote is a character as any other, as in many tables with tabs
   * @throws UncheckedIOException naming the file, if it cannot be read
   * @throws IllegalArgumentException naming file and line, if a row has not as many cells as there
   *     are columns, or a quote is not closed
   */
  public static List<Row> read(Path file, char delimiter, boolean quoted) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setQuote(quoted ? QUOTE : null)
            .setIgnoreEmptyLines(true)
            .build();
    String text = text(file);
    long line = 1;
    try (CSVParser parser = format.parse(new StringReader(text))) {
      List<String> columns = null;
      List<Row> rows = new ArrayList<>();
      var records = parser.iterator();
      while (records.hasNext()) {
        CSVRecord record = records.next();
        List<String> cells = record.toList();
        if (columns == null) {
          columns = columns(file, cells);
        } else {
          rows.add(row(file + ", line " + line, columns, cells));
        }
        line = parser.getCurrentLineNumber() + 1;
      }
      if (columns == null) {
        throw new IllegalArgumentException(file + ": expected a line of column names, got nothing");
      }
      return List.copyOf(rows);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new IllegalArgumentException(
          file + ", line " + line + ": not CSV: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text;
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        text = new String(bytes, StandardCharsets.UTF_8);
        LOG.warn("{}: bytes that are not UTF-8 are U+FFFD now", file);
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + file, e);
    }
  }

  private static List<String> columns(Path file, List<String> names) {
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(file + ": a column is named twice among " + names);
    }
    return names;
  }

  private static Row row(String name, List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%s: expected %d cells for the columns %s, got %d"
              .formatted(name, columns.size(), columns, cells.size()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int c = 0; c < cells.size(); c++) {
      values.put(columns.get(c), cells.get(c));
    }
    return new Row(name, values);
  }
}
