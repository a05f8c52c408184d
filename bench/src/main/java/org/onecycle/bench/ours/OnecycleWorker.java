package org.onecycle.bench.ours;

import java.nio.file.Path;
import org.onecycle.backend.Backends;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;
import org.onecycle.bench.work.WorkerLoop;

/** Does Onecycle's side of a row, in a process of its own. */
public final class OnecycleWorker {
  private OnecycleWorker() {}

  /**
   * Serves a driver over the standard streams.
   *
   * @param args the row and the folder of its inputs
   */
  public static void main(String... args) {
    String software = "Onecycle on " + Backends.current().name();
    WorkerLoop.serve(
        System.in, System.out, software, () -> make(args[0], InputFolder.open(Path.of(args[1]))));
  }

  static Work make(String row, InputFolder in) {
    return switch (row) {
      case "peak" -> new Peak(in.sizesOf("matmul"));
      case "resnet34_forward" -> new Forward(in);
      case "resnet34_train" -> VisionWork.resnet(in, false);
      case "resnet34_frozen" -> VisionWork.resnet(in, true);
      case "resnet34_train_bf16" -> VisionWork.resnetInBf16(in);
      case "siamese_frozen" -> VisionWork.siamese(in);
      case "unet34_train" -> VisionWork.unet(in);
      case "awd_lm_train" -> TextWork.languageModel(in);
      case "lstm_lm_train" -> TextWork.plainLstm(in);
      case "text_classifier_train" -> TextWork.classifier(in);
      case "tabular_train" -> TabularWork.of(in);
      case "image_pipeline", "image_presize" -> new ImageWork(in);
      default -> throw new UnsupportedOperationException("not there");
    };
  }
}
