package org.onecycle.vision.show;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Sample;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Predictions;
import org.onecycle.learner.PredsOptions;
import org.onecycle.learner.Undo;
import org.onecycle.tensor.Tensor;
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
    return draw(learn, max, false);
  }

  /** Draws the validation samples with the largest losses: truth, prediction and loss. */
  public static BufferedImage topLosses(Learner learn, int max) {
    return draw(learn, max, true);
  }

  private static BufferedImage draw(Learner learn, int max, boolean worst) {
    DataLoader loader = learn.dls().valid().complete();
    try (Scope s = Scope.open();
        Undo silent = learn.noLogging()) {
      Predictions all = learn.getPreds(loader, PredsOptions.DEFAULT.inputs().losses());
      int n = (int) all.preds().size(0);
      float[] losses = all.losses() == null ? new float[n] : all.losses().toFloats();
      long[] rows =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> worst ? -losses[i] : 0))
              .limit(max)
              .mapToLong(i -> i)
              .toArray();
      Tensor at = Tensor.of(rows, rows.length);
      Tensor answers = learn.lossFunc().decodes(all.preds().indexSelect(0, at));
      Batch example = learn.dls().valid().oneBatch();
      Batch truth =
          example.withInputs(select(all.inputs(), at)).withTargets(select(all.targets(), at));
      List<Sample> actual = learn.dls().decode(loader, truth, max);
      List<Sample> said = learn.dls().decode(loader, truth.withTargets(answers), max);
      PictureGrid grid = new PictureGrid(COLUMNS, SIDE);
      for (int i = 0; i < actual.size(); i++) {
        cell(grid, actual.get(i), said.get(i), worst ? losses[(int) rows[i]] : Double.NaN);
      }
      return grid.draw();
    }
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

  private static Tensor[] select(List<Tensor> tensors, Tensor rows) {
    return tensors.stream().map(t -> t.indexSelect(0, rows)).toArray(Tensor[]::new);
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
