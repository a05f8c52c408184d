package org.onecycle.examples;

import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.onecycle.io.Urls;
import org.onecycle.tabular.Tables;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.text.data.TextDataLoadersBuilder;

/**
 * Reviews of films, each positive or negative.
 *
 * @param isValid which are not for training
 */
record Reviews(List<String> texts, List<String> labels, boolean... isValid) {
  private static final int INVENTED = 1000;

  static final TableFile FILE =
      new TableFile(
          "IMDb sample",
          List.of("texts.csv"),
          Urls.IMDB_SAMPLE,
          Urls.IMDB_SAMPLE.name(),
          Tables::readCsv,
          () -> invented(new Rng(1)),
          INVENTED + " invented reviews");

  /**
   * The columns {@code label}, {@code text} and {@code is_valid} of a table.
   *
   * @throws IllegalArgumentException naming a column that is not there
   */
  static Reviews of(DataFrame table) {
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    boolean[] isValid = new boolean[table.height()];
    for (int i = 0; i < isValid.length; i++) {
      texts.add(String.valueOf(Tables.column(table, "text").get(i)));
      labels.add(String.valueOf(Tables.column(table, "label").get(i)));
      isValid[i] = Boolean.parseBoolean(String.valueOf(Tables.column(table, "is_valid").get(i)));
    }
    return new Reviews(texts, labels, isValid);
  }

  TextDataLoadersBuilder loaders() {
    return TextDataLoaders.fromRows(texts, labels, isValid);
  }

  /** Reviews of a few sentences; not every sentence tells what the reviewer thinks. */
  static DataFrame invented(Rng rng) {
    String[] good = {"great", "moving", "brilliant", "charming", "a joy to watch"};
    String[] bad = {"dull", "awful", "clumsy", "a waste of time", "painfully slow"};
    String[] parts = {"The acting", "The story", "Every scene", "The music", "The ending"};
    String[] neutral = {
      "I saw it on a Friday.",
      "It runs for two hours.",
      "It is set in a small town.",
      "My brother came along.",
      "The cinema was full."
    };
    Object[] cells = new Object[INVENTED * 3];
    for (int i = 0; i < INVENTED; i++) {
      boolean positive = rng.nextDouble() < .5;
      StringBuilder text = new StringBuilder();
      for (int s = 0; s < 4 + rng.nextInt(8); s++) {
        String word = positive ? pick(rng, good) : pick(rng, bad);
        boolean says = s == 0 || rng.nextDouble() < .4;
        text.append(says ? pick(rng, parts) + " is " + word + ". " : pick(rng, neutral) + " ");
      }
      cells[3 * i] = positive ? "positive" : "negative";
      cells[3 * i + 1] = text.toString().strip();
      cells[3 * i + 2] = i % 5 == 0;
    }
    return DataFrame.foldByRow("label", "text", "is_valid").of(cells);
  }

  private static String pick(Rng rng, String... from) {
    return from[rng.nextInt(from.length)];
  }
}
