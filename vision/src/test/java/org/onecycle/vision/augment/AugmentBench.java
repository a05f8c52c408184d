package org.onecycle.vision.augment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.show.PictureGrid;

/**
 * By hand: pictures per second of fastai's presizing, and a sheet of augmented photographs. {@code
 * AugmentBench FOLDER SHEET.png}.
 */
final class AugmentBench {
  private static final int BIG = 460;
  private static final int SIZE = 224;
  private static final int BS = 32;
  private static final int COLUMNS = 6;

  private AugmentBench() {}

  private record Photos(List<Path> files) implements Dataset {
    @Override
    public String describe(int i) {
      return files.get(i).toString();
    }

    @Override
    public int size() {
      return files.size();
    }

    @Override
    public Sample get(int i, Rng rng) {
      return Sample.of(files.get(i), 0L);
    }

    @Override
    public Split split() {
      return Split.TRAIN;
    }
  }

  public static void main(String[] args) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      files = all.filter(f -> f.toString().endsWith(".jpg")).sorted().limit(128).toList();
    }
    Augment augment = AugTransforms.augTransforms(SIZE);
    for (int size : new int[] {SIZE, BIG}) {
      step(files, size, size == SIZE ? AugTransforms.augTransforms() : augment);
    }
    DataLoader loader =
        DataLoader.builder(new Photos(files))
            .bs(BS)
            .itemTfms(new OpenImage(), new Resize(BIG))
            .batchTfms(augment)
            .build();
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      int n = 0;
      for (Batch batch : loader) {
        n += batch.size();
      }
      print("files, Resize(460), augTransforms(224)", n, start);
    }
    sheet(files, augment, Path.of(args[1]));
  }

  private static Tensor photos(List<Path> files, int size) {
    Resize resize = new Resize(size);
    return Tensor.stack(
        0,
        files.stream()
            .map(f -> resize.encode(Image.open(f), Split.VALID, new Rng(0)).toTensor())
            .toArray(Tensor[]::new));
  }

  private static void step(List<Path> files, int size, Augment augment) {
    try (Scope outer = Scope.open()) {
      Tensor x = photos(files.subList(0, BS), size);
      for (int round = 0; round < 12; round++) {
        try (Scope scope = Scope.open()) {
          long start = System.nanoTime();
          Augment.pictures(x, augment.draw(BS, new Rng(round)), augment.options());
          if (round % 4 == 3) {
            print("the step alone, %d -> %d".formatted(size, SIZE), BS, start);
          }
        }
      }
    }
  }

  private static void print(String what, int n, long start) {
    System.out.printf("%s: %.0f pictures/s%n", what, n * 1e9 / (System.nanoTime() - start));
  }

  private static void sheet(List<Path> files, Augment augment, Path out) {
    try (Scope scope = Scope.open()) {
      PictureGrid grid = new PictureGrid(COLUMNS, SIZE);
      for (int row = 0; row < 4; row++) {
        Tensor x = photos(List.of(files.get(row * 31)), BIG).expand(COLUMNS, 3, BIG, BIG);
        List<Change> changes = new ArrayList<>(augment.draw(COLUMNS, new Rng(row)));
        changes.set(0, new Change());
        Tensor y = Augment.pictures(x, changes, augment.options());
        for (int i = 0; i < COLUMNS; i++) {
          Image image = Image.of(y.slice(0, i, i + 1).squeeze(0));
          grid.add(List.of(image), i == 0 ? "the photo" : "draw " + i);
        }
      }
      grid.save(out);
    }
  }
}
