package org.onecycle.bench.libtorch;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;
import org.onecycle.bench.work.WorkerLoop;

/** Does libtorch's side of a row, in a process of its own. */
public final class LibtorchWorker {
  private LibtorchWorker() {}

  /**
   * Serves a driver over the standard streams.
   *
   * @param args the row and the folder of its inputs
   */
  public static void main(String... args) {
    Engine engine = Engine.getInstance();
    String software = "libtorch %s, DJL %s".formatted(engine.getVersion(), Engine.getDjlVersion());
    WorkerLoop.serve(
        System.in,
        System.out,
        software,
        () -> make(args[0], engine, InputFolder.open(Path.of(args[1]))));
  }

  private static Work make(String row, Engine engine, InputFolder in) {
    engine.setRandomSeed(in.size("seed"));
    return switch (row) {
      case "resnet34_forward" -> new Forward(in);
      case "resnet34_train" -> VisionRows.resnet(engine, in, false);
      case "resnet34_frozen" -> VisionRows.resnet(engine, in, true);
      case "siamese_frozen" -> VisionRows.siamese(engine, in);
      case "unet34_train" -> VisionRows.unet(engine, in);
      case "awd_lm_train" -> TextRows.languageModel(engine, in, true);
      case "lstm_lm_train" -> TextRows.languageModel(engine, in, false);
      case "text_classifier_train" -> TextRows.classifier(engine, in);
      case "tabular_train" -> TabularRow.of(engine, in);
      case "image_pipeline", "image_presize" ->
          throw new UnsupportedOperationException("libtorch decodes no pictures");
      case "resnet34_train_bf16" ->
          throw new UnsupportedOperationException("DJL has no autocast on the CPU");
      default -> throw new UnsupportedOperationException("not written");
    };
  }
}
