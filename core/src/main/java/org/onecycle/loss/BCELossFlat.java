package org.onecycle.loss;

import org.onecycle.io.Spec;
import org.onecycle.tensor.Function;
import org.onecycle.tensor.Tensor;

/**
 * Binary cross entropy of probabilities and targets from 0 to 1 with as many elements: {@code -y
 * log p - (1 - y) log(1 - p)}, with logarithms no lower than -100.
 *
 * <p>Decoding says whether the probability exceeds the threshold.
 */
public final class BCELossFlat extends ThresholdLoss {
  private static final double LOWEST = -100;
  private static final double SMALLEST = 1e-12;

  /** Makes a loss with the threshold 0.5. */
  public BCELossFlat() {
    this(HALF);
  }

  /** Makes a loss with this threshold of probability. */
  public BCELossFlat(double thresh) {
    super(thresh);
  }

  @Override
  public Spec spec() {
    return new Spec("loss.bce", Spec.object().put("thresh", thresh()));
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor y = Targets.numbers("BCELossFlat", target, pred);
    Tensor p = pred.reshape(-1);
    boolean fits =
        pred.numel() == 0 || (pred.detach().min().item() >= 0 && pred.detach().max().item() <= 1);
    if (!fits) {
      throw new IllegalArgumentException(
          "BCELossFlat expects probabilities from 0 to 1, got from %s to %s"
              .formatted(pred.detach().min().item(), pred.detach().max().item()));
    }
    return Targets.reduce(new Entropy().apply(p, y), reduction);
  }

  /** One operation, because the logarithm's own gradient at 0 is not finite. */
  private static final class Entropy extends Function {
    private Tensor p;
    private Tensor y;

    @Override
    protected Tensor forward(Tensor... inputs) {
      p = inputs[0];
      y = inputs[1];
      return y.mul(log(p)).add(y.neg().add(1).mul(log(p.neg().add(1)))).neg();
    }

    private static Tensor log(Tensor x) {
      Tensor floor = Tensor.full(LOWEST, x.dtype());
      return x.log().maximum(floor);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      Tensor floor = Tensor.full(SMALLEST, p.dtype());
      Tensor slope = p.sub(y).div(p.mul(p.neg().add(1)).maximum(floor));
      return new Tensor[] {gradient.mul(slope), gradient.mul(log(p.neg().add(1)).sub(log(p)))};
    }
  }
}
