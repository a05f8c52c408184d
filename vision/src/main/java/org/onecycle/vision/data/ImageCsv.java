package org.onecycle.vision.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.ColReader;
import org.onecycle.data.CsvRows;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.DataLoadersBuilder;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.MultiCategoryBlock;
import org.onecycle.data.Row;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitter;
import org.onecycle.data.Splitters;
import org.onecycle.data.TransformBlock;

/**
 * Pictures whose names and labels stand in a CSV file, as {@link ImageDataLoaders#fromCsv} reads
 * it: the names in the first column, the labels in the second, unless told otherwise.
 */
public final class ImageCsv {
  private static final double VALID_PCT = 0.2;

  private final Path csv;
  private Path folder;
  private char delimiter = ',';
  private String fnCol;
  private String suff = "";
  private String labelCol;
  private String labelDelim = "";
  private String validCol;
  private double validPct = VALID_PCT;
  private long seed = LoaderOptions.DEFAULT_SEED;
  private TransformBlock yBlock;

  ImageCsv(Path csv) {
    this.csv = csv;
    this.folder = csv.toAbsolutePath().getParent();
  }

  /** The folder that the names are relative to; that of the CSV file by default. */
  public ImageCsv folder(Path value) {
    this.folder = value;
    return this;
  }

  /** What separates cells; a comma by default. */
  public ImageCsv delimiter(char value) {
    this.delimiter = value;
    return this;
  }

  /** The column of the pictures' names. */
  public ImageCsv fnCol(String value) {
    this.fnCol = value;
    return this;
  }

  /** What is missing at the end of the names, such as {@code .jpg}. */
  public ImageCsv suff(String value) {
    this.suff = value;
    return this;
  }

  /** The column of the labels. */
  public ImageCsv labelCol(String value) {
    this.labelCol = value;
    return this;
  }

  /** What separates the labels of a picture that has any number of them. */
  public ImageCsv labelDelim(String value) {
    this.labelDelim = value;
    return this;
  }

  /** The column that says which pictures validate; by default a random part does. */
  public ImageCsv validCol(String value) {
    this.validCol = value;
    return this;
  }

  /** Which part of the pictures validates, drawn by a seed; a fifth by default. */
  public ImageCsv validPct(double pct, long value) {
    this.validPct = pct;
    this.seed = value;
    return this;
  }

  /** The kind of the target; one category by default, several with {@link #labelDelim}. */
  public ImageCsv yBlock(TransformBlock value) {
    this.yBlock = value;
    return this;
  }

  /**
   * Reads the file and makes the loaders, whose new items are pictures' files or rows.
   *
   * @param options sets transforms, the size of batches and the like
   * @throws IllegalArgumentException naming file, line and column of what is missing: a column, a
   *     picture, a label
   */
  public DataLoaders load(UnaryOperator<DataLoadersBuilder<Object>> options) {
    List<Row> rows = CsvRows.read(csv, delimiter);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(csv + ": expected pictures, got column names alone");
    }
    List<String> columns = new ArrayList<>(rows.get(0).keySet());
    String names = column(columns, fnCol, 0, "the names of pictures");
    String labels = column(columns, labelCol, 1, "labels");
    Function<Object, Object> picture = ColReader.of(names).suff(suff).in(folder);
    ColReader label = ColReader.of(labels).labelDelim(labelDelim);
    rows.forEach(row -> check(row, names, picture.apply(row), labels, label.apply(row)));
    Splits splits = splitter().split(rows);
    return DataBlock.<Object>ofItems()
        .blocks(ImageBlock.of(), target())
        .splitter(items -> splits)
        .getX(picture)
        .getY(label)
        .build()
        .dataLoaders(rows, options);
  }

  private String column(List<String> columns, String given, int place, String holds) {
    if (given == null && place < columns.size()) {
      return columns.get(place);
    }
    if (given == null || !columns.contains(given)) {
      throw new IllegalArgumentException(
          "%s: expected a column%s with %s, there are %s"
              .formatted(csv, given == null ? "" : " " + given, holds, columns));
    }
    return given;
  }

  private void check(Row row, String names, Object picture, String labels, Object label) {
    if (!Files.isRegularFile((Path) picture)) {
      throw new IllegalArgumentException(
          "%s, column %s: there is no picture %s".formatted(row.name(), names, picture));
    }
    if (label instanceof String text && text.isBlank()) {
      throw new IllegalArgumentException(
          "%s, column %s: expected a label, got none".formatted(row.name(), labels));
    }
  }

  private Splitter<? super Row> splitter() {
    return validCol == null ? Splitters.random(validPct, seed) : Splitters.col(validCol);
  }

  private TransformBlock target() {
    if (yBlock != null) {
      return yBlock;
    }
    return labelDelim.isEmpty() ? CategoryBlock.of() : MultiCategoryBlock.of();
  }
}
