package org.onecycle.callback;

import java.util.Arrays;
import org.onecycle.data.Batch;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.learner.TrainingState;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Stochastic;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Mixes each training item with another of its batch. Targets that are numbers are mixed alike;
 * where they are classes, the losses of both are.
 *
 * <p>A search for a learning rate draws from another generator, so that it changes nothing of what
 * is trained after it.
 */
abstract sealed class Mixing extends Callback implements Stochastic permits MixUp, CutMix {
  private final double alpha;
  private Rng rng;
  private Tensor share;
  private Tensor others;

  Mixing(double alpha, Rng rng) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException(name() + " expects an alpha above 0, got " + alpha);
    }
    this.alpha = alpha;
    this.rng = rng;
  }

  /**
   * What a batch becomes.
   *
   * @param x the mixed input
   * @param share how much of each item is its own {@code [N]}
   */
  record Mixed(Tensor x, Tensor share) {}

  /** Mixes an input {@code [N, ...]} with others of its items. */
  abstract Mixed mix(Tensor x, Tensor other);

  /** Draws from the beta distribution whose two parameters are alpha. */
  final double draw() {
    return Gamma.beta(alpha, rng);
  }

  /** Spreads a number an item over the axes of a tensor. */
  static Tensor perItem(Tensor share, Tensor like) {
    long[] shape = new long[like.rank()];
    Arrays.fill(shape, 1);
    shape[0] = like.size(0);
    return share.to(like.dtype()).reshape(shape);
  }

  /** Returns {@code share * own + (1 - share) * other}. */
  static Tensor lerp(Tensor own, Tensor other, Tensor share) {
    return other.add(own.sub(other).mul(perItem(share, own)));
  }

  @Override
  public final Rng rng() {
    return rng;
  }

  @Override
  public final void rng(Rng other) {
    rng = other;
  }

  @Override
  public final boolean runValid() {
    return false;
  }

  /**
   * Mixes the batch.
   *
   * @throws IllegalArgumentException if it has not one input and one target
   */
  @Override
  public final void beforeBatch(Learner learn) {
    TrainingState s = learn.state();
    Batch b = s.batch();
    if (b.inputs().length != 1 || b.targets().length != 1) {
      throw new IllegalArgumentException(
          "%s expects one input and one target, got %d and %d"
              .formatted(name(), b.inputs().length, b.targets().length));
    }
    int[] order = rng.permutation(b.size());
    Tensor partners = Tensor.of(order, order.length);
    Mixed mixed = mix(b.input(0), b.input(0).indexSelect(0, partners));
    share = mixed.share();
    Tensor y = b.target(0);
    Tensor other = y.indexSelect(0, partners);
    boolean numbers = y.dtype().isFloating();
    others = numbers ? null : other;
    Batch with = b.withInputs(mixed.x());
    s.batch(numbers ? with.withTargets(lerp(y, other, share)) : with);
  }

  /** Mixes the losses. */
  @Override
  public final void afterLoss(Learner learn) {
    TrainingState s = learn.state();
    if (others == null) {
      return;
    }
    Tensor own = each(learn.lossFunc(), s.pred(), s.batch().target(0));
    Tensor other = each(learn.lossFunc(), s.pred(), others);
    Tensor loss = lerp(own, other, share).mean();
    s.lossGrad(loss);
    s.loss(loss.item());
  }

  private static Tensor each(Loss loss, Tensor pred, Tensor target) {
    Tensor all = loss.forward(pred, target, Loss.Reduction.NONE);
    return all.reshape(pred.size(0), -1).mean(1);
  }

  @Override
  public final void afterBatch(Learner learn) {
    share = null;
    others = null;
  }

  @Override
  public final void cleanup(Learner learn) {
    share = null;
    others = null;
  }
}
