package org.onecycle.loss;

import java.util.stream.IntStream;
import org.onecycle.array.Shapes;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * One minus the overlap of predicted and true regions, for each item and class: {@code 1 - (2 sum(p
 * t) + s) / (sum(p + t) + s)} over the pixels, with the softmax p and the target t as 0 and 1.
 *
 * <p>Logits are {@code [N, C, *]} with at least one axis of pixels, targets {@code [N, *]}. Unless
 * told otherwise the losses of all items and classes are summed, as in fastai.
 */
public final class DiceLoss implements Loss, Exportable {
  private static final double SMOOTH = 1e-6;

  private final double smooth;
  private final Reduction reduction;
  private final boolean squareInUnion;

  /** Makes a loss with smooth 1e-6 that sums. */
  public DiceLoss() {
    this(SMOOTH, Reduction.SUM, false);
  }

  /**
   * Makes a loss.
   *
   * @param smooth keeps empty regions from dividing by zero
   * @param reduction how the losses of items and classes are joined
   * @param squareInUnion whether the union has {@code p^2} in place of {@code p}
   */
  public DiceLoss(double smooth, Reduction reduction, boolean squareInUnion) {
    this.smooth = smooth;
    this.reduction = reduction;
    this.squareInUnion = squareInUnion;
  }

  @Override
  public Spec spec() {
    return new Spec(
        "loss.dice",
        Spec.object()
            .put("smooth", smooth)
            .put("reduction", reduction.name())
            .put("square_in_union", squareInUnion));
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target) {
    return forward(pred, target, reduction);
  }

  /** With {@link Loss.Reduction#NONE} the losses are {@code [N, C]}. */
  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction how) {
    if (pred.rank() < 3) {
      throw new IllegalArgumentException("DiceLoss expects predictions [N, C, *], got " + pred);
    }
    Tensor t = oneHot(pred, target);
    Tensor p = activation(pred);
    int[] pixels = IntStream.range(2, pred.rank()).toArray();
    Tensor common = p.mul(t).sum(pixels);
    Tensor union = (squareInUnion ? p.square() : p).add(t).sum(pixels);
    Tensor dice = common.mul(2).add(smooth).div(union.add(smooth));
    return Targets.reduce(dice.neg().add(1), how);
  }

  /** Returns the target as 0 and 1 in the shape of the predictions. */
  private static Tensor oneHot(Tensor pred, Tensor target) {
    Tensor logits = Targets.classesLast(pred.detach(), 1);
    int classes = (int) pred.size(1);
    long[] ids = Targets.classes("DiceLoss", target, logits, pred).toLongs();
    int items = (int) pred.size(0);
    int pixels = ids.length / items;
    double[] hot = new double[ids.length * classes];
    for (int i = 0; i < ids.length; i++) {
      hot[((i / pixels) * classes + (int) ids[i]) * pixels + i % pixels] = 1;
    }
    return Tensor.of(hot, pred.shape()).to(pred.dtype()).detach();
  }

  @Override
  public Tensor activation(Tensor pred) {
    return F.softmax(pred, Shapes.axis(1, pred.rank()));
  }

  @Override
  public Tensor decodes(Tensor activated) {
    return activated.argmax(1);
  }
}
