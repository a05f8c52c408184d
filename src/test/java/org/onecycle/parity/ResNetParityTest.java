package org.onecycle.parity;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.DType;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Lr;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.Arch;

/** Bodies of ResNets against torchvision's, cut by fastai. */
class ResNetParityTest {
  /** torchvision's name of each child of the body that has parameters. */
  private static final String[] CHILDREN = {
    "conv1", "bn1", null, null, "layer1", "layer2", "layer3", "layer4"
  };

  @ParameterizedTest
  @CsvSource({
    "resnet18, DOUBLE", "resnet18, FLOAT",
    "resnet34, DOUBLE", "resnet34, FLOAT",
    "resnet50, DOUBLE", "resnet50, FLOAT"
  })
  void body(String name, DType dtype) throws Exception {
    Sequential body = Vision.createBody(Arch.of(name).model(Rng.of(1)), -2);
    FixtureRun run =
        new FixtureRun(
            Fixture.big(name, 1, 0), dtype, body, new MSELossFlat(), ResNetParityTest::inBody);
    run.eval().train().fit(Lr.slice(1e-4, 1e-3), m -> groups(body), false).parity().finish();
  }

  private static List<List<Parameter>> groups(Sequential body) {
    return List.of(body.slice(0, 6).parameters(), body.slice(6, body.size()).parameters());
  }

  private static String inBody(String torchvision) {
    for (int i = 0; i < CHILDREN.length; i++) {
      if (CHILDREN[i] != null && torchvision.startsWith(CHILDREN[i] + ".")) {
        return i + torchvision.substring(CHILDREN[i].length());
      }
    }
    throw new IllegalArgumentException("no child of the body is called as in " + torchvision);
  }
}
