package org.onecycle.vision.show;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Sample;
import org.onecycle.learner.Answers;
import org.onecycle.learner.Learner;
import org.onecycle.vision.image.Picture;

/**
 * What a loader gives and what a model says of it, as sheets of pictures.
 *
 * <pre>{@code
 * BufferedImage sheet = Show.showBatch(dls, 9);
 * }</pre>
 */
public final class Show {
  private static final int COLUMNS = 3;
  private static final int SIDE = 160;

  private Show() {}

  /** Draws some samples of the first training batch as the model gets them, with their labels. */
  public static BufferedImage showBatch(DataLoaders dls, int max) {
    try (Scope s = Scope.open()) {
      PictureGrid grid = new PictureGrid(COLUMNS, SIDE);
      for (Sample sample : dls.decode(dls.train(), dls.oneBatch(), max)) {
        grid.add(pictures(sample), text(sample.members()));
      }
      return grid.draw();
    }
  }

  /** Draws some validation samples with what they are and what the model takes them for. */
  public static BufferedImage showResults(Learner learn, int max) {
    return showResults(Answers.of(learn, max));
  }

  /** Draws samples with what they are and what a model has said of them. */
  public static BufferedImage showResults(Answers answers) {
    return draw(answers, false);
  }

  /** Draws the validation samples with the largest losses: truth, prediction and loss. */
  public static BufferedImage topLosses(Learner learn, int max) {
    return draw(Answers.worst(learn, max), true);
  }

  private static BufferedImage draw(Answers answers, boolean withLosses) {
    PictureGrid grid = new PictureGrid(COLUMNS, SIDE);
    for (int i = 0; i < answers.actual().size(); i++) {
      double loss = withLosses ? answers.losses().get(i) : Double.NaN;
      cell(grid, answers.actual().get(i), answers.said().get(i), loss);
    }
    return grid.draw();
  }

  private static void cell(PictureGrid grid, Sample actual, Sample said, double loss) {
    List<Picture> pictures = new ArrayList<>(pictures(actual));
    pictures.addAll(of(said.targets()));
    String truth = text(actual.targets());
    String answer = text(said.targets());
    String last = Double.isNaN(loss) ? "" : String.format(Locale.ROOT, " (loss %.2f)", loss);
    if (truth.isEmpty()) {
      grid.add(pictures, last);
    } else {
      grid.add(pictures, truth + "\n" + answer + last, Objects.equals(truth, answer));
    }
  }

  private static List<Picture> pictures(Sample sample) {
    return of(sample.members());
  }

  private static List<Picture> of(List<Object> members) {
    return members.stream().filter(Picture.class::isInstance).map(Picture.class::cast).toList();
  }

  private static String text(List<Object> members) {
    return String.join(
        ", ", members.stream().filter(m -> !(m instanceof Picture)).map(String::valueOf).toList());
  }

  /**
   * Draws a confusion matrix.
   *
   * @param counts actual classes in rows, predicted ones in columns
   */
  public static BufferedImage confusionMatrix(long[][] counts, List<String> vocab) {
    return new ConfusionPicture(counts, vocab).draw();
  }
}
