package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;
import static org.onecycle.metric.Metrics.errorRate;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.augment.AugTransforms;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.VisionLearner;
import org.onecycle.vision.learner.VisionLearnerBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to name the breed of a pet: chapter 5 of fastai's book. */
@Command(
    name = "pets",
    description = {
      "Learns to name the breed of the pet on a photo.",
      "Photos are named like great_pyrenees_173.jpg. Without --data they are Oxford-IIIT Pets,"
          + " downloaded once, or an embedded sample where there is no network; without --weights"
          + " the body is torchvision's ResNet-34. Defaults: --size 128 --bs 16 --epochs 3 (after"
          + " one of the head alone); from scratch --epochs 8, the sample --size 48 --bs 32."
    })
final class PetsExample implements Callable<Integer> {
  private static final int SAMPLE_PER_BREED = 120;
  private static final int EPOCHS = 3;
  private static final int SCRATCH_EPOCHS = 8;
  private static final double SCRATCH_LR = 3e-3;
  private static final int SHOWN = 6;

  @Mixin private CommonOptions options;

  @Option(names = "--scratch", description = "Train a ResNet-18 from scratch, without weights.")
  private boolean scratch;

  @Override
  public Integer call() {
    RunLog log = new RunLog("pets", options.seed(), System.out);
    TrainedBody body = TrainedBody.of(options, scratch, SAMPLE_PER_BREED, System.out);
    boolean sample = body.photos().sample();
    int size = options.sizeOr(sample ? 48 : 128);
    int bs = options.bsOr(sample ? 32 : 16);

    List<Path> files = ImageFiles.get(body.photos().folder());
    body.photos().check(files);
    Splits splits = Splitters.random(options.seed()).split(files);
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    splits,
                    List.of(Column.of(new OpenImage()), Column.of(Photos.LABEL, new Categorize()))))
            .bs(bs)
            // Larger than needed, so that turning and zooming have something to show.
            .itemTfms(new Resize(size * 5 / 4))
            .batchTfms(AugTransforms.augTransforms(size))
            .seed(options.seed())
            .build();
    System.out.printf(
        "%s, %d breeds, %d photos to train on, %d to validate, %d px, batches of %d%n",
        body.text(),
        dls.vocab().size(),
        dls.train().itemCount(),
        dls.valid().itemCount(),
        size,
        bs);

    boolean trained = body.network() != null;
    VisionLearnerBuilder builder =
        VisionLearner.of(dls, body.arch())
            .pretrained(false)
            .metrics(accuracy(), errorRate())
            .seed(options.seed());
    Learner learn = (trained ? builder.network(body.network()) : builder).build();
    List<EpochRecord> history =
        trained
            ? learn.fineTune(options.epochsOr(EPOCHS))
            : learn.fitOneCycle(options.epochsOr(SCRATCH_EPOCHS), SCRATCH_LR);

    show(learn, files, splits, System.out);
    log.finish(history, history.get(history.size() - 1).metrics(), options.report());
    return 0;
  }

  private static void show(Learner learn, List<Path> files, Splits splits, PrintStream out) {
    List<String> breeds = learn.dls().vocab();
    Tensor preds = learn.getPreds().preds();
    long[] best = preds.argmax(1).toLongs();
    float[] p = preds.toFloats();
    int[] valid = splits.valid();
    out.println("Some photos of the validation part:");
    for (int i = 0; i < Math.min(SHOWN, valid.length); i++) {
      Path file = files.get(valid[i]);
      String said = breeds.get((int) best[i]);
      out.printf(
          Locale.ROOT,
          "  %-30s predicted %s (%.2f)%s%n",
          file.getFileName(),
          said,
          p[i * breeds.size() + (int) best[i]],
          said.equals(Photos.LABEL.apply(file)) ? "" : "  <- wrong");
    }
  }
}
