package stranger;

import static org.onecycle.metric.Metrics.accuracy;

import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.DataLoaders;
import org.onecycle.learner.Learner;
import org.onecycle.vision.data.ImageDataLoaders;
import org.onecycle.vision.image.FlipItem;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.learner.VisionLearner;
import org.onecycle.vision.models.Arch;

/** Learns to tell two breeds apart, and exports what it has learnt. */
public final class Train {
  private Train() {}

  /** Takes the folder of pictures and the file to write. */
  public static void main(String[] args) {
    List<Path> files = ImageFiles.get(Path.of(args[0]));
    DataLoaders dls =
        ImageDataLoaders.fromNameRegex(
            files,
            "^(.+)_\\d+\\.jpg$",
            0.25,
            1,
            b ->
                b.bs(8)
                    .itemTfms(new Resize(32), new FlipItem())
                    .batchTfms(Normalize.imagenet()));
    Learner learn =
        VisionLearner.of(dls, Arch.RESNET18).pretrained(false).metrics(accuracy()).build();
    learn.fitOneCycle(16, 2e-3);
    System.out.println("accuracy " + learn.validate().metrics().get("accuracy"));
    learn.export(Path.of(args[1]));
  }
}
