package org.onecycle.examples;

import static org.onecycle.metric.Metrics.foregroundAcc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.data.Transform;
import org.onecycle.examples.drawings.InventedStreets;
import org.onecycle.io.Urls;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.OpenMask;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.UnetLearner;
import org.onecycle.vision.learner.UnetLearnerBuilder;
import org.onecycle.vision.show.Show;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns what every pixel of a street scene shows: chapters 1 and 15 of fastai's book. */
@Command(
    name = "camvid",
    description = {
      "Learns what every pixel of a street scene shows, with a U-Net.",
      "--data is a folder with images/NAME.png, labels/NAME_P.png and codes.txt, one class a line;"
          + " the class Void does not count. Without it fastai's CAMVID_TINY is downloaded once, or"
          + " scenes are drawn where there is no network; without --weights the encoder is"
          + " torchvision's ResNet-34. Defaults: --epochs 8 --bs 8, pictures as they are."
    })
final class CamvidExample implements Callable<Integer> {
  private static final int EPOCHS = 8;
  private static final int SAMPLE_EPOCHS = 4;
  private static final int BS = 8;
  private static final int SHOWN = 6;
  private static final double LR = 1e-3;
  private static final int SAMPLE_SCENES = 160;
  private static final String VOID = "Void";
  private static final DataFolder DATA =
      new DataFolder(
          "CAMVID_TINY",
          Urls.CAMVID_TINY,
          "images",
          "invented-streets-" + SAMPLE_SCENES,
          folder -> InventedStreets.write(folder, SAMPLE_SCENES, 42),
          SAMPLE_SCENES + " drawn street scenes");

  @Mixin private CommonOptions options;

  @Option(names = "--scratch", description = "Train on a ResNet-18 from scratch, without weights.")
  private boolean scratch;

  private Path show;

  @Option(
      names = "--show",
      paramLabel = "FILE.png",
      description = "Draw validation scenes, their masks and what was predicted.")
  void show(Path file) {
    show = options.writable("--show", file);
  }

  @Override
  public Integer call() {
    RunLog log = new RunLog("camvid", options.seed(), System.out);
    DataFolder.Found found = DATA.find(options, System.out);
    TrainedBody body = TrainedBody.of(options, scratch || found.sample(), System.out);
    List<String> codes = codes(found.folder().resolve("codes.txt"));
    Path labels = found.folder().resolve("labels");

    List<Path> files = ImageFiles.get(found.folder().resolve("images"));
    Splits splits = Splitters.random(options.seed()).split(files);
    int size = options.sizeOr(0);
    List<Transform<?, ?>> itemTfms = size == 0 ? List.of() : List.of(new Resize(size));
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    splits,
                    List.of(
                        Column.of(new OpenImage()),
                        Column.of(f -> maskOf(f, labels), new OpenMask(codes)))))
            .bs(options.bsOr(BS))
            .itemTfms(itemTfms)
            .seed(options.seed())
            .build();
    System.out.printf(
        "U-Net on %s, %d classes, %d scenes to train on, %d to validate, batches of %d%n",
        body.text(),
        codes.size(),
        dls.train().itemCount(),
        dls.valid().itemCount(),
        options.bsOr(BS));

    boolean trained = body.network() != null;
    UnetLearnerBuilder builder =
        UnetLearner.of(dls, body.arch())
            .pretrained(false)
            .metrics(foregroundAcc(codes.indexOf(VOID)))
            .seed(options.seed());
    Learner learn = (trained ? builder.network(body.network()) : builder).build();
    int epochs = options.epochsOr(found.sample() ? SAMPLE_EPOCHS : EPOCHS);
    List<EpochRecord> history =
        new ArrayList<>(trained ? learn.fineTune(epochs, LR) : learn.fitOneCycle(epochs, LR));

    describe(learn, files.get(splits.valid()[0]), codes);
    if (show != null) {
      Image.of(Show.showResults(learn, SHOWN)).save(show);
    }
    log.finish(history, history.get(history.size() - 1).metrics(), options.report());
    return 0;
  }

  /** The mask of a picture: {@code labels/NAME_P.png} of {@code images/NAME.png}. */
  static Path maskOf(Path picture, Path labels) {
    String name = picture.getFileName().toString();
    return labels.resolve(name.substring(0, name.lastIndexOf('.')) + "_P.png");
  }

  private static List<String> codes(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": expected the names of the classes", e);
    }
  }

  private static void describe(Learner learn, Path file, List<String> codes) {
    Mask mask = (Mask) learn.predict(file).decoded();
    int[] counts = new int[codes.size()];
    for (byte code : mask.codes()) {
      counts[code & 0xff]++;
    }
    System.out.println("In " + file.getFileName() + " there are:");
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] * 50 >= mask.width() * mask.height()) {
        System.out.printf(
            Locale.ROOT,
            "  %-16s %3.0f %%%n",
            codes.get(c),
            100.0 * counts[c] / (mask.width() * mask.height()));
      }
    }
  }
}
