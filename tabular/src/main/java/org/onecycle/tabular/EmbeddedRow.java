package org.onecycle.tabular;

import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.tensor.Function;
import org.onecycle.tensor.Tensor;

/**
 * The vectors of all categorical columns and the continuous columns side by side, in one operation:
 * from tables {@code [n, dim]}, and possibly numbers {@code [N, k]} as the last input, to {@code
 * [N, sum of dims + k]}.
 *
 * <p>A batch of a table is so small that an operation for each column, and one to join them, cost
 * far more than the copying.
 */
final class EmbeddedRow extends Function {
  private final long[] codes;
  private final int columns;
  private final int rows;
  private long[][] shapes;
  private int width;

  /**
   * Makes the operation.
   *
   * @param codes INT64 {@code [N, columns]} in C order
   */
  EmbeddedRow(long[] codes, int columns) {
    this.codes = codes;
    this.columns = columns;
    this.rows = codes.length / columns;
  }

  @Override
  protected Tensor forward(Tensor... inputs) {
    shapes = Arrays.stream(inputs).map(Tensor::shape).toArray(long[][]::new);
    for (long[] shape : shapes) {
      width += (int) shape[1];
    }
    boolean exact = inputs[0].dtype() == DType.DOUBLE;
    Object out = exact ? new double[rows * width] : new float[rows * width];
    int at = 0;
    for (int c = 0; c < inputs.length; c++) {
      Object table = exact ? inputs[c].toDoubles() : inputs[c].toFloats();
      int dim = (int) shapes[c][1];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(table, row(c, r) * dim, out, r * width + at, dim);
      }
      at += dim;
    }
    return exact ? Tensor.of((double[]) out, rows, width) : Tensor.of((float[]) out, rows, width);
  }

  /** The row of an input that goes into a row of the output; numbers keep theirs. */
  private int row(int input, int r) {
    return input < columns ? (int) codes[r * columns + input] : r;
  }

  @Override
  protected Tensor[] backward(Tensor gradient) {
    Tensor[] out = new Tensor[shapes.length];
    boolean exact = gradient.dtype() == DType.DOUBLE;
    float[] f = exact ? null : gradient.toFloats();
    double[] d = exact ? gradient.toDoubles() : null;
    int at = 0;
    for (int c = 0; c < out.length; c++) {
      out[c] = exact ? doubles(d, c, at) : floats(f, c, at);
      at += (int) shapes[c][1];
    }
    return out;
  }

  private Tensor floats(float[] gradient, int c, int at) {
    int dim = (int) shapes[c][1];
    float[] sum = new float[(int) shapes[c][0] * dim];
    for (int r = 0; r < rows; r++) {
      int to = row(c, r) * dim;
      int from = r * width + at;
      for (int k = 0; k < dim; k++) {
        sum[to + k] += gradient[from + k];
      }
    }
    return Tensor.of(sum, shapes[c]);
  }

  private Tensor doubles(double[] gradient, int c, int at) {
    int dim = (int) shapes[c][1];
    double[] sum = new double[(int) shapes[c][0] * dim];
    for (int r = 0; r < rows; r++) {
      int to = row(c, r) * dim;
      int from = r * width + at;
      for (int k = 0; k < dim; k++) {
        sum[to + k] += gradient[from + k];
      }
    }
    return Tensor.of(sum, shapes[c]);
  }
}
