package stranger;

import java.nio.file.Path;
import java.util.List;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.vision.image.ImageFiles;

/** Says what pictures show, by what another program has learnt. */
public final class Predict {
  private Predict() {}

  /** Takes the exported file and the folder of pictures. */
  public static void main(String[] args) {
    Predictor breeds = Predictor.load(Path.of(args[0]));
    List<Path> files = ImageFiles.get(Path.of(args[1]));
    List<Prediction> answers = breeds.predictAll(files);
    for (int i = 0; i < files.size(); i++) {
      System.out.println(files.get(i).getFileName() + ": " + answers.get(i).decoded());
    }
  }
}
