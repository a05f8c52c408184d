package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.DType;

/** A loss over a few classes must not lose digits in the logarithm. */
class SoftmaxPrecisionTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 37})
  void logSoftmaxIsGoodToTheLastPlaces(int classes) {
    Tensor logits = Tensor.randn(Rng.of(3), 64, classes).requiresGrad(true);
    Tensor exact = logits.detach().to(DType.DOUBLE).detach().requiresGrad(true);
    Tensor weights = Tensor.randn(Rng.of(4), 64, classes);

    Tensor out = F.logSoftmax(logits, -1);
    Tensor truth = F.logSoftmax(exact, -1);
    out.mul(weights).sum().backward();
    truth.mul(weights.to(DType.DOUBLE)).sum().backward();

    assertNear(out.toDoubles(), truth.toDoubles());
    assertNear(logits.grad().toDoubles(), exact.grad().toDoubles());
  }

  private static void assertNear(double[] ours, double[] truth) {
    double off = 0;
    double norm = 0;
    for (int i = 0; i < truth.length; i++) {
      off += (ours[i] - truth[i]) * (ours[i] - truth[i]);
      norm += truth[i] * truth[i];
    }
    double relative = Math.sqrt(off / norm);
    assertTrue(relative < 2e-7, "relative distance " + relative);
  }
}
