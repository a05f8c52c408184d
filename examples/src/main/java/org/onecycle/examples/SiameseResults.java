package org.onecycle.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.examples.SiameseTransform.Pair;
import org.onecycle.learner.Learner;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.show.PictureGrid;

/**
 * What the model says of validation pairs.
 *
 * @param answers in the order of the validation photos
 */
record SiameseResults(List<Answer> answers) {
  private static final int SHOWN = 9;
  private static final int COLUMNS = 3;
  private static final int SIDE = 160;

  /**
   * The answer to a pair.
   *
   * @param probability that the breeds are the same, as the model sees it
   */
  record Answer(Pair pair, double probability) {
    boolean predicted() {
      return probability > 0.5;
    }

    boolean right() {
      return predicted() == pair.same();
    }

    /** For instance {@code different, predicted same (0.71)}. */
    String text() {
      return String.format(
          Locale.ROOT,
          "%s, predicted %s (%.2f)",
          word(pair.same()),
          word(predicted()),
          predicted() ? probability : 1 - probability);
    }

    private static String word(boolean same) {
      return same ? "same" : "different";
    }
  }

  SiameseResults {
    answers = List.copyOf(answers);
  }

  /** Asks the model about all validation pairs. */
  static SiameseResults of(Learner learn, SiameseTransform pairs, List<Path> files, Splits splits) {
    float[] preds = learn.getPreds().preds().toFloats();
    int[] valid = splits.valid();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < valid.length; i++) {
      Pair pair = pairs.draw(files.get(valid[i]), Split.VALID, new Rng(0));
      answers.add(new Answer(pair, preds[2 * i + 1]));
    }
    return new SiameseResults(answers);
  }

  private List<Answer> shown() {
    return answers.subList(0, Math.min(SHOWN, answers.size()));
  }

  /** Prints the first answers. */
  void print(PrintStream out) {
    out.println("Some validation pairs:");
    for (Answer a : shown()) {
      out.printf(
          "  %-30s %-30s %s%s%n",
          a.pair().first().getFileName(),
          a.pair().second().getFileName(),
          a.text(),
          a.right() ? "" : "  <- wrong");
    }
  }

  /** Draws the first answers: the photos side by side, below them truth and prediction. */
  void draw(Path file) {
    PictureGrid grid = new PictureGrid(COLUMNS, SIDE);
    for (Answer a : shown()) {
      grid.add(List.of(photo(a.pair().first()), photo(a.pair().second())), a.text(), a.right());
    }
    grid.save(file);
  }

  private static Image photo(Path file) {
    return new Resize(SIDE).encode(Image.open(file), Split.VALID, new Rng(0));
  }
}
