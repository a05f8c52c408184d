package org.onecycle.tabular;

/**
 * The size of an embedding.
 *
 * @param n number of categories, {@code #na#} among them
 * @param dim size of a category's vector
 */
public record EmbSz(int n, int dim) {
  private static final int MAX = 600;

  /** Checks the sizes. */
  public EmbSz {
    if (n < 1 || dim < 1) {
      throw new IllegalArgumentException(
          "an embedding expects at least one category and one dimension, got " + n + ", " + dim);
    }
  }

  /** fastai's rule: {@code min(600, round(1.6 n^0.56))}, halves to the even neighbour. */
  public static EmbSz of(int n) {
    return new EmbSz(n, (int) Math.min(MAX, Math.rint(1.6 * Math.pow(n, 0.56))));
  }
}
