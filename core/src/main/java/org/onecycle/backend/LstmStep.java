package org.onecycle.backend;

import java.util.stream.IntStream;
import org.onecycle.array.Array;

/**
 * All that an LSTM does in one time step besides its matrix products, in one pass over host memory:
 * as separate operations it would be some twenty of them a step. Computed in double whatever the
 * arrays hold. Rows are shared out among threads.
 */
final class LstmStep {
  private static final int TASK = 1 << 14;
  private static final double SMALL = 0.125;

  private LstmStep() {}

  /**
   * One step forward.
   *
   * @param gates {@code [N, 4H]}: on entry the input's part before the nonlinearities, afterwards
   *     the gates' values
   * @param recurrent {@code [N, 4H]}: the state's part
   * @param before {@code [N, H]}: the cells before the step
   * @param cells {@code [N, H]}: the cells after it, written
   * @param out {@code [N, H]}: the outputs, written
   */
  static void forward(Array gates, Array recurrent, Array before, Array cells, Array out) {
    int h = Math.toIntExact(out.size(1));
    rows(
        out,
        (from, to) -> {
          HostRows zs = new HostRows(gates);
          HostRows rs = new HostRows(recurrent);
          HostRows bs = new HostRows(before);
          HostRows cs = new HostRows(cells);
          HostRows os = new HostRows(out);
          double[] z = new double[4 * h];
          double[] r = new double[4 * h];
          double[] c = new double[h];
          double[] o = new double[h];
          for (int n = from; n < to; n++) {
            zs.get(n, z);
            rs.get(n, r);
            bs.get(n, c);
            for (int j = 0; j < h; j++) {
              double in = sigmoid(z[j] + r[j]);
              double forget = sigmoid(z[h + j] + r[h + j]);
              double cell = tanh(z[2 * h + j] + r[2 * h + j]);
              double open = sigmoid(z[3 * h + j] + r[3 * h + j]);
              z[j] = in;
              z[h + j] = forget;
              z[2 * h + j] = cell;
              z[3 * h + j] = open;
              c[j] = forget * c[j] + in * cell;
              o[j] = open * tanh(c[j]);
            }
            zs.put(n, z);
            cs.put(n, c);
            os.put(n, o);
          }
        });
  }

  /**
   * One step backward.
   *
   * @param gates {@code [N, 4H]}: the gates' values
   * @param before {@code [N, H]}: the cells before the step
   * @param cells {@code [N, H]}: the cells after it
   * @param dOut {@code [N, H]}: the outputs' gradient from above
   * @param dNext {@code [N, H]}: the outputs' gradient from the next step, or null
   * @param dCells {@code [N, H]}: on entry the gradient of the cells after the step, afterwards of
   *     those before it
   * @param dz {@code [N, 4H]}: the gradient before the nonlinearities, written
   */
  static void backward(
      Array gates, Array before, Array cells, Array dOut, Array dNext, Array dCells, Array dz) {
    int h = Math.toIntExact(dOut.size(1));
    rows(
        dOut,
        (from, to) -> {
          HostRows gs = new HostRows(gates);
          HostRows bs = new HostRows(before);
          HostRows cs = new HostRows(cells);
          HostRows ds = new HostRows(dOut);
          HostRows ns = dNext == null ? null : new HostRows(dNext);
          HostRows dcs = new HostRows(dCells);
          HostRows zs = new HostRows(dz);
          double[] g = new double[4 * h];
          double[] b = new double[h];
          double[] c = new double[h];
          double[] d = new double[h];
          double[] next = new double[h];
          double[] dc = new double[h];
          for (int n = from; n < to; n++) {
            gs.get(n, g);
            bs.get(n, b);
            cs.get(n, c);
            ds.get(n, d);
            dcs.get(n, dc);
            if (ns != null) {
              ns.get(n, next);
            }
            for (int j = 0; j < h; j++) {
              double in = g[j];
              double forget = g[h + j];
              double cell = g[2 * h + j];
              double open = g[3 * h + j];
              double t = tanh(c[j]);
              double dh = d[j] + next[j];
              double dCell = dc[j] + dh * open * (1 - t * t);
              g[j] = dCell * cell * in * (1 - in);
              g[h + j] = dCell * b[j] * forget * (1 - forget);
              g[2 * h + j] = dCell * in * (1 - cell * cell);
              g[3 * h + j] = dh * t * open * (1 - open);
              dc[j] = dCell * forget;
            }
            zs.put(n, g);
            dcs.put(n, dc);
          }
        });
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code Math.tanh} is slow; through exp it is exact enough except near zero. */
  private static double tanh(double x) {
    return Math.abs(x) < SMALL ? Math.tanh(x) : 1 - 2 / (Math.exp(2 * x) + 1);
  }

  private interface Task {
    void run(int from, int to);
  }

  private static void rows(Array like, Task task) {
    int n = Math.toIntExact(like.size(0));
    int each = (int) Math.max(1, TASK / Math.max(1, like.size(1)));
    int count = (n + each - 1) / each;
    if (count <= 1) {
      task.run(0, n);
      return;
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> task.run(i * each, Math.min(n, (i + 1) * each)));
  }
}
