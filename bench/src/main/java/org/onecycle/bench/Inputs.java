package org.onecycle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.tabular.EmbSz;
import org.onecycle.text.models.AwdDropouts;

/** Draws the numbers that all sides of a row work on. */
final class Inputs {
  private static final int CLASSES = 1000;
  private static final int VOCAB = 10_000;
  private static final int PAD = 1;
  private static final int FIRST_WORD = 2;
  private static final double CLASSIFIER_MULT = .5;
  private static final double HEAD_DROPOUT = .1;
  private static final int[] CARDINALITIES = {10, 17, 8, 16, 7, 6, 3, 43};

  private final RandomGenerator random;
  private final InputFolder out;

  private Inputs(long seed, InputFolder out) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.out = out;
  }

  /**
   * Fills a folder.
   *
   * @param photos JPEG files for the rows that read some
   */
  static void write(Row row, long seed, List<Path> photos, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InputFolder out = InputFolder.create(folder).size("seed", seed);
    new Inputs(seed, out).fill(row, photos);
    out.save();
  }

  private void fill(Row row, List<Path> photos) {
    switch (row) {
      case RESNET34_FORWARD, RESNET34_TRAIN, RESNET34_FROZEN, RESNET34_TRAIN_BF16 -> {
        out.size("classes", CLASSES);
        pictures("x", 8, 224);
        numbers("y", CLASSES, 8);
      }
      case SIAMESE_FROZEN -> {
        out.size("classes", 2);
        pictures("x", 8, 224);
        pictures("x2", 8, 224);
        numbers("y", 2, 8);
      }
      case UNET34_TRAIN -> {
        out.size("classes", 32);
        pictures("x", 4, 128);
        numbers("y", 32, 4, 128, 128);
      }
      case AWD_LM_TRAIN, LSTM_LM_TRAIN -> {
        language(AwdDropouts.LANGUAGE_MODEL);
        words(32, 70);
      }
      case TEXT_CLASSIFIER_TRAIN -> {
        language(AwdDropouts.CLASSIFIER.times(CLASSIFIER_MULT));
        out.size("classes", 2).size("bptt", 72).fractions("head_dropouts", HEAD_DROPOUT);
        texts(16, 288, 96, 72);
        numbers("y", 2, 16);
      }
      case TABULAR_TRAIN -> table(64, 6);
      case IMAGE_PIPELINE -> photos(photos, 224);
      case IMAGE_PRESIZE -> photos(photos, 460);
    }
  }

  private void photos(List<Path> files, int itemSize) {
    out.size("batch", 32).size("epoch", 256).size("item", itemSize).size("size", 224);
    out.texts("photos", files.stream().map(Path::toString).toList());
  }

  private void language(AwdDropouts p) {
    out.size("vocab", VOCAB).size("emb", 400).size("hidden", 1152).size("layers", 3);
    out.size("pad", PAD);
    out.fractions("dropouts", p.output(), p.hidden(), p.input(), p.embed(), p.weight());
    out.fractions("regularization", 2, 1);
  }

  private void pictures(String name, int n, int size) {
    float[] data = new float[n * 3 * size * size];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian();
    }
    out.floats(name, data, n, 3, size, size);
  }

  private void numbers(String name, int bound, long... shape) {
    long[] data = new long[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(data, i -> random.nextInt(bound));
    out.longs(name, data, shape);
  }

  private long word() {
    return random.nextInt(FIRST_WORD, VOCAB);
  }

  /** One stream a row; the targets are the words one further. */
  private void words(int rows, int length) {
    long[] x = new long[rows * length];
    long[] y = new long[rows * length];
    for (int r = 0; r < rows; r++) {
      long next = word();
      for (int t = 0; t < length; t++) {
        x[r * length + t] = next;
        next = word();
        y[r * length + t] = next;
      }
    }
    out.longs("x", x, rows, length).longs("y", y, rows, length);
  }

  /** Longest first; whole chunks of padding in front, the rest behind. */
  private void texts(int rows, int longest, int shortest, int chunk) {
    long[] x = new long[rows * longest];
    Arrays.fill(x, PAD);
    for (int r = 0; r < rows; r++) {
      int length = longest - Math.round((longest - shortest) * (float) r / (rows - 1));
      int from = r * longest + (longest - length) / chunk * chunk;
      for (int i = 0; i < length; i++) {
        x[from + i] = word();
      }
    }
    out.longs("x", x, rows, longest);
  }

  private void table(int rows, int continuous) {
    out.size("classes", 2).sizes("cardinalities", CARDINALITIES).sizes("hidden", 200, 100);
    out.sizes("emb", IntStream.of(CARDINALITIES).map(n -> EmbSz.of(n).dim()).toArray());
    long[] cats = new long[rows * CARDINALITIES.length];
    Arrays.setAll(cats, i -> random.nextInt(CARDINALITIES[i % CARDINALITIES.length]));
    float[] conts = new float[rows * continuous];
    for (int i = 0; i < conts.length; i++) {
      conts[i] = (float) random.nextGaussian();
    }
    out.longs("cats", cats, rows, CARDINALITIES.length).floats("conts", conts, rows, continuous);
    numbers("y", 2, rows);
  }
}
