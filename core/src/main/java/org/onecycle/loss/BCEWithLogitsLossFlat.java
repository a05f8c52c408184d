package org.onecycle.loss;

import org.onecycle.backend.Unary;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Function;
import org.onecycle.tensor.Tensor;

/**
 * Binary cross entropy of logits and targets from 0 to 1 with as many elements: {@code (1 - y) x +
 * log(1 + exp(-x))}, computed without overflow for any x.
 *
 * <p>The activation is sigmoid, decoding says whether the probability exceeds the threshold.
 */
public final class BCEWithLogitsLossFlat extends ThresholdLoss {
  /** Makes a loss with the threshold 0.5. */
  public BCEWithLogitsLossFlat() {
    this(HALF);
  }

  /** Makes a loss with this threshold of probability. */
  public BCEWithLogitsLossFlat(double thresh) {
    super(thresh);
  }

  @Override
  public Spec spec() {
    return new Spec("loss.bce_with_logits", Spec.object().put("thresh", thresh()));
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor y = Targets.numbers("BCEWithLogitsLossFlat", target, pred);
    return Targets.reduce(new LogitEntropy().apply(pred.reshape(-1), y), reduction);
  }

  @Override
  public Tensor activation(Tensor pred) {
    return pred.sigmoid();
  }

  /** One operation, because the sum of its parts' gradients is wrong at 0, where |x| has none. */
  private static final class LogitEntropy extends Function {
    private Tensor x;
    private Tensor y;

    @Override
    protected Tensor forward(Tensor... inputs) {
      x = inputs[0];
      y = inputs[1];
      Tensor tail = x.abs().neg().exp().apply(Unary.LOG1P);
      return x.relu().sub(x.mul(y)).add(tail);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.mul(x.sigmoid().sub(y)), gradient.mul(x.neg())};
    }
  }
}
