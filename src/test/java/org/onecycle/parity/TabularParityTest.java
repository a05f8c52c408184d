package org.onecycle.parity;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.learner.ModelSplitter;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.optim.Lr;
import org.onecycle.tabular.EmbSz;
import org.onecycle.tabular.TabularConfig;
import org.onecycle.tabular.TabularModel;

/** The tabular model against fastai's. */
class TabularParityTest {
  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT"})
  void tabular(DType dtype) throws Exception {
    TabularModel model =
        new TabularModel(
            List.of(new EmbSz(5, 3), new EmbSz(7, 4)), 3, 2, List.of(10, 6), TabularConfig.DEFAULT);
    new FixtureRun(
            Fixture.small("tabular"),
            dtype,
            model,
            new CrossEntropyLossFlat(),
            UnaryOperator.identity())
        .eval()
        .train()
        .fit(Lr.of(0.01), ModelSplitter.trainableParams(), false)
        .parity()
        .finish();
  }
}
