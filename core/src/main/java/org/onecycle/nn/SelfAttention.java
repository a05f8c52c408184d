package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Every pixel looks at all others: {@code x + gamma V softmax(Q^T K)}, the softmax over the pixels
 * looked at; {@code [N, C, H, W]} stays.
 *
 * <p>Queries and keys have C / 8 channels, values C, all without bias and with spectral norm; gamma
 * starts at 0, so that a new layer changes nothing. Zhang et al. 2018, arXiv 1805.08318.
 *
 * <p>The weights between pixels take {@code (H W)^2} numbers a picture.
 */
public final class SelfAttention extends Layer {
  private static final int FEWER = 8;

  private final int channels;
  private final Module query;
  private final Module key;
  private final Module value;
  private final Parameter gamma;

  /** Makes a layer for pictures of this many channels. */
  public SelfAttention(int channels) {
    this.channels = channels;
    int few = Math.max(1, channels / FEWER);
    query = add("query", new Sequential(new PointwiseSpectral(channels, few)));
    key = add("key", new Sequential(new PointwiseSpectral(channels, few)));
    value = add("value", new Sequential(new PointwiseSpectral(channels, channels)));
    try (Scope s = Scope.open()) {
      gamma = parameter("gamma", Tensor.zeros(1));
    }
  }

  /** Returns the share of what was seen in the result. */
  public Parameter gamma() {
    return gamma;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4 && x.size(1) == channels, "[N, " + channels + ", H, W]", x);
    return onlyResult(
        () -> {
          Tensor flat = x.flatten(2);
          Tensor scores = query.call(flat).transpose(1, 2).matmul(key.call(flat));
          Tensor seen = value.call(flat).matmul(F.softmax(scores, 1));
          return seen.mul(gamma.tensor()).to(x.dtype()).add(flat).reshape(x.shape());
        });
  }
}
