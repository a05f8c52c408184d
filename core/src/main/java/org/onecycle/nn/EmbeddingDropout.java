package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * An embedding that drops whole words: in training a vector is zero with probability {@code p}
 * wherever its word occurs, the others are divided by {@code 1 - p}. Gal and Ghahramani 2016, arXiv
 * 1512.05287.
 *
 * <p>The embedding is the child {@code emb}.
 */
public final class EmbeddingDropout extends Layer implements Stochastic {
  private final double p;
  private final Embedding emb;
  private Rng rng = Init.rng().split();

  /** Wraps an embedding, which stays usable by itself. */
  public EmbeddingDropout(Embedding emb, double p) {
    this.p = Repr.probability(this, p);
    this.emb = add("emb", emb);
  }

  /** Returns the probability. */
  public double p() {
    return p;
  }

  @Override
  public Rng rng() {
    return rng;
  }

  @Override
  public void rng(Rng other) {
    rng = other;
  }

  @Override
  protected Tensor compute(Tensor words) {
    Tensor x = emb.call(words);
    if (!isTraining() || p == 0) {
      return x;
    }
    // The drawn words' rows alone: as dropping in the table and looking up, without its size.
    Tensor mask = F.dropout(Tensor.full(1, x.dtype(), emb.numEmbeddings()), p, rng);
    return x.mul(mask.indexSelect(0, words).unsqueeze(-1));
  }

  @Override
  protected String extraRepr() {
    return "p=" + Repr.number(p);
  }
}
