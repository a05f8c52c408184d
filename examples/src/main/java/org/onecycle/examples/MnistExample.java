package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Labellers;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.data.Transform;
import org.onecycle.examples.drawings.InventedDigits;
import org.onecycle.io.Urls;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.VisionLearner;
import org.onecycle.vision.models.Arch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns to tell threes from sevens, from scratch: chapter 4 of fastai's book. */
@Command(
    name = "mnist",
    description = {
      "Learns to tell handwritten threes from sevens: a ResNet-18 from scratch.",
      "--data is a folder with train/3, train/7, valid/3 and valid/7. Without it fastai's"
          + " MNIST_TINY is downloaded once, or digits are drawn where there is no network."
          + " Defaults: --epochs 5 --bs 64, pictures as they are."
    })
final class MnistExample implements Callable<Integer> {
  private static final int EPOCHS = 5;
  private static final int BS = 64;
  private static final double LR = 1e-2;
  private static final int SAMPLE_EACH = 700;
  private static final DataFolder DATA =
      new DataFolder(
          "MNIST_TINY",
          Urls.MNIST_TINY,
          "train",
          "invented-digits-" + SAMPLE_EACH,
          folder -> InventedDigits.write(folder, SAMPLE_EACH, 42),
          2 * SAMPLE_EACH + " drawn threes and sevens");

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    if (options.weights() != null) {
      throw new IllegalArgumentException("mnist expects no --weights: it starts from scratch");
    }
    RunLog log = new RunLog("mnist", options.seed(), System.out);
    Path folder = DATA.find(options, System.out).folder();
    List<Path> files =
        ImageFiles.get(folder).stream().filter(f -> isPart(folder.relativize(f))).toList();
    Splits splits = Splitters.grandparent().split(files);
    int size = options.sizeOr(0);
    List<Transform<?, ?>> itemTfms = size == 0 ? List.of() : List.of(new Resize(size));
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    splits,
                    List.of(
                        Column.of(new OpenImage()),
                        Column.of(Labellers.parentLabel(), new Categorize()))))
            .bs(options.bsOr(BS))
            .itemTfms(itemTfms)
            .seed(options.seed())
            .build();
    System.out.printf(
        "%d digits to train on, %d to validate, batches of %d%n",
        dls.train().itemCount(), dls.valid().itemCount(), options.bsOr(BS));

    Learner learn =
        VisionLearner.of(dls, Arch.RESNET18)
            .pretrained(false)
            .metrics(accuracy())
            .seed(options.seed())
            .build();
    List<EpochRecord> history = learn.fitOneCycle(options.epochsOr(EPOCHS), LR);

    Path one = files.get(splits.valid()[0]);
    System.out.printf("%s is a %s%n", folder.relativize(one), learn.predict(one).decoded());
    log.finish(history, history.get(history.size() - 1).metrics(), options.report());
    return 0;
  }

  private static boolean isPart(Path relative) {
    String first = relative.getName(0).toString();
    return first.equals("train") || first.equals("valid");
  }
}
