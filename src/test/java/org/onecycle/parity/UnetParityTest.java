package org.onecycle.parity;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Module;
import org.onecycle.optim.Lr;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.DynamicUnet;
import org.onecycle.vision.models.UnetOptions;

/** The U-Net on a ResNet-18 against fastai's own. */
class UnetParityTest {
  private static final int SIZE = 64;
  private static final int CLASSES = 4;

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void unet(DType dtype) throws Exception {
    DynamicUnet model =
        DynamicUnet.of(
            Vision.createBody(Vision.resnet18(Rng.of(1)), -2),
            CLASSES,
            SIZE,
            SIZE,
            UnetOptions.DEFAULT,
            Rng.of(2));
    ModelSplitter<Module> groups =
        m -> Arch.RESNET18.meta().splitter().apply(model.bodyAndDecoder());
    new FixtureRun(
            Fixture.big("unet18", 1, CLASSES),
            dtype,
            model,
            new CrossEntropyLossFlat(1),
            UnaryOperator.identity())
        .eval()
        .train()
        .fit(Lr.slice(1e-4, 1e-3), groups, false)
        .parity()
        .finish();
  }
}
