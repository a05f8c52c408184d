package org.onecycle.text.data;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.data.Category;
import org.onecycle.data.CategoryMap;
import org.onecycle.data.ColReader;
import org.onecycle.data.CsvRows;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Labellers;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Pipeline;
import org.onecycle.data.PipelineReader;
import org.onecycle.data.Row;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitter;
import org.onecycle.data.Splitters;
import org.onecycle.data.Transform;

/**
 * Batches of texts, for a language model (x and y INT64 {@code [N, T]}) or a classifier (INT64
 * {@code [N, L]} and classes INT64 {@code [N]}). The vocabulary comes from the training texts
 * alone.
 *
 * <pre>{@code
 * TextDataLoaders lm = TextDataLoaders.fromFolder(imdb, "train", "test").languageModel();
 * TextDataLoaders clas =
 *     TextDataLoaders.fromFolder(imdb, "train", "test").vocab(lm.vocab()).classifier();
 * }</pre>
 */
public final class TextDataLoaders {
  private final Recipe recipe;
  private final DataLoaders loaders;

  TextDataLoaders(Recipe recipe, DataLoader train, DataLoader valid) {
    this.recipe = recipe;
    this.loaders =
        DataLoaders.of(train, valid, labels(recipe), this::testDl, this::decode)
            .withReader((dls, targets) -> recipe.reader());
  }

  /** How tokens become batches. */
  record Recipe(
      Tokenizer tokenizer,
      Vocab vocab,
      CategoryMap classes,
      int bs,
      int seqLen,
      LoaderOptions options) {

    /** What reads texts as {@link #testDl} does; a language model's are read whole. */
    PipelineReader reader() {
      List<Transform<?, ?>> steps =
          new ArrayList<>(List.of(new Tokenize(tokenizer), new Numericalize(vocab)));
      if (classes == null) {
        Pipeline words = Pipeline.of(steps);
        return new PipelineReader(List.of(words), List.of(), List.of())
            .withAnswer(new TextIds(new int[0]), words);
      }
      steps.add(new Something());
      return new PipelineReader(List.of(Pipeline.of(steps)), List.of(), classes.labels())
          .withLoaders(new SortedTexts(seqLen));
    }

    /** The number of a text's label. */
    int number(String label, String name) {
      try {
        return classes.indexOf(label);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
      }
    }

    /** Batches of texts and their classes, which are null where they are not known. */
    DataLoader loader(List<List<String>> tokens, int[] ys, Split split) {
      List<int[]> ids = tokens.stream().map(vocab::encode).toList();
      if (classes == null) {
        return LMDataLoader.of(ids, bs, seqLen, split, options);
      }
      return SortedDataLoader.of(ids, ys, bs, seqLen, split, options);
    }
  }

  /**
   * Texts without labels, for a language model; {@code isValid} says which validate.
   *
   * @throws IllegalArgumentException naming a text that is null
   */
  public static TextDataLoadersBuilder fromRows(List<String> texts, boolean... isValid) {
    return rows(texts, null, Splitters.mask(isValid).split(texts));
  }

  /** Texts and their labels; {@code isValid} says which validate. */
  public static TextDataLoadersBuilder fromRows(
      List<String> texts, List<String> labels, boolean... isValid) {
    return fromRows(texts, labels, Splitters.mask(isValid).split(texts));
  }

  /**
   * Texts and their labels, split in two.
   *
   * @throws IllegalArgumentException if there is not a label a text, a text or a label is null, or
   *     a part has no texts
   */
  public static TextDataLoadersBuilder fromRows(
      List<String> texts, List<String> labels, Splits splits) {
    if (labels.size() != texts.size()) {
      throw new IllegalArgumentException(
          "fromRows expects a label a text, got %d for %d".formatted(labels.size(), texts.size()));
    }
    return rows(texts, copy("label", labels), splits);
  }

  private static TextDataLoadersBuilder rows(
      List<String> texts, List<String> labels, Splits splits) {
    List<String> copy = copy("text", texts);
    return new TextDataLoadersBuilder(
        (t, workers) -> t.all(copy, workers), labels, splits, i -> "text " + i);
  }

  private static List<String> copy(String what, List<String> values) {
    List<String> copy = new ArrayList<>(values);
    int gap = copy.indexOf(null);
    if (gap >= 0) {
      throw new IllegalArgumentException(
          "fromRows expects a %s in every row, got null in row %d".formatted(what, gap));
    }
    return List.copyOf(copy);
  }

  /** As {@link #fromFolder(Path, String, String)} with the folders train and valid. */
  public static TextDataLoadersBuilder fromFolder(Path root) {
    return fromFolder(root, "train", "valid");
  }

  /**
   * The {@code .txt} files below {@code train/LABEL/} and {@code valid/LABEL/}; others are left
   * out. They are read as {@link TextFiles#read} says.
   *
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static TextDataLoadersBuilder fromFolder(Path root, String train, String valid) {
    List<Path> files = TextFiles.get(root);
    Splits found = Splitters.grandparent(train, valid).split(files);
    if (found.train().length == 0 || found.valid().length == 0) {
      throw new IllegalArgumentException(
          "fromFolder expects texts in %1$s/%2$s/LABEL/*.txt and %1$s/%3$s/LABEL/*.txt, got %4$d and %5$d"
              .formatted(root, train, valid, found.train().length, found.valid().length));
    }
    List<Path> kept = new ArrayList<>();
    IntStream.of(found.train()).forEach(i -> kept.add(files.get(i)));
    IntStream.of(found.valid()).forEach(i -> kept.add(files.get(i)));
    int n = found.train().length;
    return files(
        kept,
        new Splits(IntStream.range(0, n).toArray(), IntStream.range(n, kept.size()).toArray()));
  }

  /** The {@code .txt} files below {@code LABEL/}, of which a random part validates. */
  public static TextDataLoadersBuilder fromFolder(Path root, double validPct, long seed) {
    List<Path> files = TextFiles.get(root);
    return files(files, Splitters.random(validPct, seed).split(files));
  }

  private static TextDataLoadersBuilder files(List<Path> files, Splits splits) {
    return new TextDataLoadersBuilder(
        (t, workers) -> t.files(files, workers),
        files.stream().map(Labellers.parentLabel()).toList(),
        splits,
        i -> files.get(i).toString());
  }

  /**
   * Texts of a CSV file without labels, for a language model; the first line names the columns.
   *
   * @param splitter such as {@code Splitters.col("is_valid")} or {@code Splitters.random(.1, 42)}
   * @throws IllegalArgumentException naming file, line and column of what is missing
   */
  public static TextDataLoadersBuilder fromCsv(
      Path csv, String textCol, Splitter<? super Row> splitter) {
    List<Row> rows = CsvRows.read(csv);
    return csv(rows, textCol, null, splitter);
  }

  /** As {@link #fromCsv(Path, String, Splitter)}, with the column of the labels. */
  public static TextDataLoadersBuilder fromCsv(
      Path csv, String textCol, String labelCol, Splitter<? super Row> splitter) {
    List<Row> rows = CsvRows.read(csv);
    return csv(rows, textCol, cells(rows, labelCol, true), splitter);
  }

  private static TextDataLoadersBuilder csv(
      List<Row> rows, String textCol, List<String> labels, Splitter<? super Row> splitter) {
    List<String> texts = cells(rows, textCol, false);
    return new TextDataLoadersBuilder(
        (t, workers) -> t.all(texts, workers),
        labels,
        splitter.split(rows),
        i -> rows.get(i).name());
  }

  /** A column; what is a label cannot be blank. */
  private static List<String> cells(List<Row> rows, String column, boolean label) {
    List<String> cells = new ArrayList<>();
    for (Row row : rows) {
      String cell = String.valueOf(ColReader.of(column).apply(row));
      if (label && cell.isBlank()) {
        throw new IllegalArgumentException(
            "%s, column %s: expected a label, got none".formatted(row.name(), column));
      }
      cells.add(cell);
    }
    return cells;
  }

  /** Returns the tokens and their numbers. */
  public Vocab vocab() {
    return recipe.vocab();
  }

  /** Returns the classes in the order of their numbers; empty for a language model. */
  public List<String> labels() {
    return loaders.vocab();
  }

  /** Returns how texts are split. */
  public Tokenizer tokenizer() {
    return recipe.tokenizer();
  }

  /** Returns the loaders in the form that a {@link org.onecycle.learner.Learner} takes. */
  public DataLoaders loaders() {
    return loaders;
  }

  /** Returns the training loader. */
  public DataLoader train() {
    return loaders.train();
  }

  /** Returns the validation loader. */
  public DataLoader valid() {
    return loaders.valid();
  }

  /**
   * Returns a loader of other texts, without labels: Strings, or Paths of files. The batches'
   * indices say which text is where.
   */
  public DataLoader testDl(List<?> items) {
    return testDl(items, false);
  }

  /** As {@link #testDl(List)}; with labels every item is a {@link TextRow}. */
  public DataLoader testDl(List<?> items, boolean withLabels) {
    List<String> texts = items.stream().map(TextDataLoaders::text).toList();
    int[] ys =
        withLabels && recipe.classes() != null
            ? IntStream.range(0, items.size())
                .map(i -> recipe.number(label(items.get(i)), "text " + i))
                .toArray()
            : null;
    List<List<String>> tokens = recipe.tokenizer().all(texts, recipe.options().workers());
    return recipe.loader(tokens, ys, Split.VALID);
  }

  private static String text(Object item) {
    if (item instanceof TextRow row) {
      return row.text();
    }
    if (item instanceof Path file) {
      return TextFiles.read(file);
    }
    if (item instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "expected a text (String, Path or TextRow), got "
            + (item == null ? "null" : item.getClass().getName()));
  }

  private static String label(Object item) {
    if (item instanceof TextRow row) {
      return row.label();
    }
    throw new IllegalArgumentException("an item with a label is a TextRow, got " + item);
  }

  /** Texts with their special tokens, and the label. */
  private Sample decode(Sample sample) {
    List<Object> members = new ArrayList<>();
    for (Object member : sample.members()) {
      if (member instanceof TextIds t) {
        members.add(String.join(" ", recipe.vocab().decode(t.ids())));
      } else if (member instanceof Category c && recipe.classes() != null) {
        members.add(recipe.classes().label(c.index()));
      } else {
        members.add(member);
      }
    }
    return new Sample(members, sample.nInp());
  }

  private static List<String> labels(Recipe recipe) {
    return recipe.classes() == null ? List.of() : recipe.classes().labels();
  }

  @Override
  public String toString() {
    return "Text%s and %d tokens".formatted(loaders, vocab().size());
  }
}
