package org.onecycle.text.learner;

import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.models.RnnOutputs;

/**
 * Adds to the differentiated loss what keeps recurrent outputs small and slow: {@code alpha} times
 * the mean square of the dropped outputs (activation regularisation) and {@code beta} times the
 * mean square of the raw outputs' changes from step to step (temporal). Merity et al. 2017, arXiv
 * 1708.01009. The reported loss stays.
 */
public final class RnnRegularizer extends Callback {
  private final double alpha;
  private final double beta;

  /** Makes the callback; fastai's defaults are 2 and 1. */
  public RnnRegularizer(double alpha, double beta) {
    this.alpha = alpha;
    this.beta = beta;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  /**
   * Changes the loss.
   *
   * @throws IllegalStateException if the model does not tell its recurrent outputs
   */
  @Override
  public void afterLoss(Learner learn) {
    if (!(learn.model() instanceof RnnOutputs rnn)) {
      throw new IllegalStateException(
          "RnnRegularizer expects a model with RnnOutputs, got " + learn.model().kind());
    }
    Tensor loss = learn.state().lossGrad();
    if (loss == null) {
      return;
    }
    if (alpha != 0) {
      loss = loss.add(activation(rnn.droppedOutput(), alpha));
    }
    if (beta != 0 && rnn.rawOutput().size(1) > 1) {
      loss = loss.add(temporal(rnn.rawOutput(), beta));
    }
    learn.state().lossGrad(loss);
  }

  static Tensor activation(Tensor dropped, double alpha) {
    return dropped.square().mean().mul(alpha);
  }

  /** Of {@code [N, T, C]}, T more than one. */
  static Tensor temporal(Tensor raw, double beta) {
    long t = raw.size(1);
    return raw.slice(1, 1, t).sub(raw.slice(1, 0, t - 1)).square().mean().mul(beta);
  }
}
