package org.onecycle.text.models;

import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;

/** Makes one vector of a text's outputs. */
public final class ConcatPool {
  private ConcatPool() {}

  /**
   * Returns {@code [N, 3C]}: the output at the last word, the maximum and the mean over the words.
   *
   * @param output {@code [N, T, C]}
   * @param mask {@code [N, T]}, BOOL, true where there is padding, which does not count
   * @throws IllegalArgumentException if shapes do not fit or a text has no word
   */
  public static Tensor maskedConcatPool(Tensor output, Tensor mask) {
    if (output.rank() != 3
        || mask.dtype() != DType.BOOL
        || !mask.value().hasShape(output.size(0), output.size(1))) {
      throw new IllegalArgumentException(
          "maskedConcatPool expects [N, T, C] and a BOOL mask [N, T], got "
              + Arrays.toString(output.shape())
              + " and "
              + mask);
    }
    int n = (int) output.size(0);
    int t = (int) output.size(1);
    long[] padding = mask.toLongs();
    double[] words = new double[n];
    long[] last = new long[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < t; k++) {
        if (padding[i * t + k] == 0) {
          words[i]++;
          last[i] = (long) i * t + k;
        }
      }
      if (words[i] == 0) {
        throw new IllegalArgumentException("Text " + i + " of the batch is nothing but padding");
      }
    }
    DType type = output.dtype();
    Tensor hide = mask.unsqueeze(2);
    Tensor mean =
        Tensor.where(hide, Tensor.full(0, type, 1, 1, 1), output)
            .sum(1)
            .div(Tensor.of(words, n, 1).to(type));
    Tensor max =
        Tensor.where(hide, Tensor.full(Double.NEGATIVE_INFINITY, type, 1, 1, 1), output).max(1);
    Tensor end = output.reshape((long) n * t, output.size(2)).indexSelect(0, Tensor.of(last, n));
    return Tensor.cat(1, end, max, mean);
  }
}
