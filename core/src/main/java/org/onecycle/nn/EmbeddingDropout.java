package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * An embedding that drops whole words: in training a vector is zero with probability {@code p}
 * wherever its word occurs, the others are divided by {@code 1 - p}. Gal and Ghahramani 2016, arXiv
 * 1512.05287.
 *
 * <p>The embedding is the child {@code emb}.
 */
public final class EmbeddingDropout extends DropoutLayer {
  private final Embedding emb;

  /** Wraps an embedding, which stays usable by itself. */
  public EmbeddingDropout(Embedding emb, double p) {
    super(p);
    this.emb = add("emb", emb);
  }

  @Override
  protected Tensor compute(Tensor words) {
    Tensor x = emb.call(words);
    if (!drops()) {
      return x;
    }
    // The drawn words' rows alone: as dropping in the table and looking up, without its size.
    Tensor mask = F.dropout(Tensor.full(1, x.dtype(), emb.numEmbeddings()), p(), rng());
    return x.mul(mask.indexSelect(0, words).unsqueeze(-1));
  }
}
