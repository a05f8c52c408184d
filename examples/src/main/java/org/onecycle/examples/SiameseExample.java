package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;
import static org.onecycle.optim.Lr.slice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.models.ResNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to tell whether two photos show the same breed: the Siamese network of fastai's book. */
@Command(
    name = "siamese",
    description = {
      "Learns to tell whether two photos show the same breed.",
      "Photos are named like great_pyrenees_173.jpg. Without --data they are Oxford-IIIT Pets,"
          + " downloaded once, or an embedded sample where there is no network; without --weights"
          + " the encoder is torchvision's ResNet-34. Defaults that suit two cores: --size 128"
          + " --bs 16 --epochs 4 (the book: --size 224 --bs 64; the sample: --size 48 --bs 32)."
    })
final class SiameseExample implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--scratch",
      description = "Train a ResNet-18 from scratch, on the breeds first, without other weights.")
  private boolean scratch;

  private Path show;

  @Option(
      names = "--show",
      paramLabel = "FILE.png",
      description = "Draw nine validation pairs with what was predicted.")
  void show(Path file) {
    show = options.writable("--show", file);
  }

  private Path export;

  @Option(
      names = "--export",
      paramLabel = "FILE.safetensors",
      description = "Write what a program needs that only predicts.")
  void export(Path file) {
    export = options.writable("--export", file);
  }

  @Override
  public Integer call() {
    RunLog log = new RunLog("siamese", options.seed(), System.out);
    SiameseSetup setup = SiameseSetup.of(options, scratch, System.out);
    long seed = options.seed();

    List<Path> files = ImageFiles.get(setup.photos().folder());
    setup.photos().check(files);
    Splits splits = Splitters.random(seed).split(files);
    SiameseTransform pairs = new SiameseTransform(files, Photos.LABEL, splits, seed);
    DataLoaders dls =
        DataLoaders.builder(Datasets.of(files, splits, List.of(Column.of(pairs)), 2))
            .bs(setup.bs())
            .itemTfms(setup.itemTfms())
            .batchTfms(Normalize.imagenet())
            .seed(seed)
            .build();
    setup.announce(dls, System.out);

    ResNet resnet = setup.resnet(files, splits, System.out);
    Learner learn =
        Learner.of(dls, Init.with(Rng.of(seed, 2), () -> SiameseModel.of(resnet, setup.channels())))
            .exportAs(SiameseExports.spec(resnet, setup.channels()))
            .lossFunc(new CrossEntropyLossFlat())
            .splitter(SiameseModel::splitter)
            .metrics(accuracy())
            .seed(seed)
            .build();

    List<EpochRecord> history = new ArrayList<>();
    learn.freeze();
    history.addAll(learn.fitOneCycle(setup.epochs(), 3e-3));
    learn.unfreeze();
    history.addAll(learn.fitOneCycle(setup.epochs(), slice(setup.lr() / 100, setup.lr())));

    SiameseResults results = SiameseResults.of(learn, pairs, files, splits);
    results.print(System.out);
    if (show != null) {
      results.draw(show);
    }
    if (export != null) {
      learn.export(export, SiameseExports.reader(setup.size()));
    }
    log.finish(history, learn.recorder().validation().metrics(), options.report());
    return 0;
  }
}
