package org.onecycle.parity;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.optim.Lr;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;

/** Heads against those of fastai's {@code create_head}. */
class HeadParityTest {
  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void head(DType dtype) throws Exception {
    check("head", 5, HeadOptions.ps(0).withLinFtrs(24), dtype);
  }

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void linearFirstWithoutConcatPoolAndWithFinalBatchNorm(DType dtype) throws Exception {
    HeadOptions options =
        HeadOptions.ps(0)
            .withLinFtrs(24)
            .withConcatPool(false)
            .withLinFirst(true)
            .withBnFinal(true);
    check("head_variants_linfirst", 3, options, dtype);
  }

  private static void check(String name, int classes, HeadOptions options, DType dtype)
      throws Exception {
    FixtureRun run =
        new FixtureRun(
            Fixture.small(name),
            dtype,
            Vision.createHead(32, classes, options, Rng.of(1)),
            new CrossEntropyLossFlat(),
            UnaryOperator.identity());
    run.eval().train().fit(Lr.of(0.01), ModelSplitter.trainableParams(), false).parity().finish();
  }
}
