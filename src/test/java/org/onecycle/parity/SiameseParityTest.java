package org.onecycle.parity;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Module;
import org.onecycle.optim.Lr;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;

/** The Siamese network of the book's chapter against fastai's own. */
class SiameseParityTest {
  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void siamese(DType dtype) throws Exception {
    Siamese model =
        new Siamese(
            Vision.createBody(Vision.resnet18(Rng.of(1)), -2),
            Vision.createHead(512 * 2, 2, HeadOptions.ps(0), Rng.of(2)));
    FixtureRun run =
        new FixtureRun(
            Fixture.big("siamese18", 2, 2),
            dtype,
            model,
            new CrossEntropyLossFlat(),
            UnaryOperator.identity());
    Lr lr = Lr.slice(1e-4, 1e-3);
    ModelSplitter<Module> encoderAndHead =
        m -> List.of(model.encoder.parameters(), model.head.parameters());
    run.eval()
        .train()
        .fit(lr, encoderAndHead, false)
        .fit(lr, encoderAndHead, true)
        .parity()
        .finish();
  }

  /** The chapter's model, as a user writes it. */
  private static final class Siamese extends Module {
    private final Module encoder;
    private final Module head;

    Siamese(Module encoder, Module head) {
      this.encoder = add("encoder", encoder);
      this.head = add("head", head);
    }

    @Override
    public Tensor forward(Tensor... x) {
      return head.call(Tensor.cat(1, encoder.call(x[0]), encoder.call(x[1])));
    }
  }
}
