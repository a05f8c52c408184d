package org.onecycle.bench.ours;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.array.Scope;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;
import org.onecycle.data.BatchIterator;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splitters;
import org.onecycle.vision.augment.AugTransforms;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;

/**
 * Prepares batches of pictures for training; a step is a whole short epoch, so that nothing is read
 * ahead while the clock stands.
 */
final class ImageWork implements Work {
  private static final String THREADS = "onecycle.bench.threads";

  private final DataLoader loader;
  private final int items;

  ImageWork(InputFolder in) {
    List<Path> files = in.textsOf("photos").stream().map(Path::of).toList();
    items = in.size("epoch");
    List<Path> epoch =
        IntStream.range(0, items).mapToObj(i -> files.get(i % files.size())).toList();
    Datasets<Path> data =
        Datasets.of(epoch, Splitters.index().split(epoch), List.of(Column.of(new OpenImage())));
    loader =
        DataLoader.builder(data.train())
            .bs(in.size("batch"))
            .itemTfms(new Resize(in.size("item")))
            .batchTfms(AugTransforms.augTransforms(in.size("size")))
            .workers(Integer.getInteger(THREADS, 2))
            .seed(in.size("seed"))
            .build();
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public void run(Pace pace) {
    do {
      try (BatchIterator batches = loader.iterator()) {
        while (batches.hasNext()) {
          try (Scope s = Scope.open()) {
            batches.next();
          }
        }
      }
    } while (pace.next(Double.NaN));
  }
}
