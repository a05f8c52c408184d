package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.RnnKernels;

/** Recurrent layers, with their gradients. */
final class RnnOps {
  private RnnOps() {}

  static LstmResult lstm(
      Tensor x, Tensor h0, Tensor c0, Tensor wIh, Tensor wHh, Tensor bIh, Tensor bHh) {
    check(x, h0, c0, wIh, wHh, bIh, bHh);
    Tensor[] inputs = {x, h0, c0, wIh, wHh, bIh, bHh};
    boolean forGrad = NoGrad.gradEnabled() && Arrays.stream(inputs).anyMatch(Tensor::needsGrad);
    RnnKernels k = Backends.current().rnn();
    RnnKernels.LstmWeights w =
        new RnnKernels.LstmWeights(
            wIh.value().plain(), wHh.value().plain(), bIh.value(), bHh.value());
    RnnKernels.LstmRun run = k.lstm(x.value().plain(), h0.value(), c0.value(), w, forGrad);
    Tensor steps =
        Tape.record(
            "lstm",
            run.steps(),
            d -> {
              RnnKernels.LstmGrads g = k.lstmGrad(d, x.value(), w, run, x.needsGrad());
              run.workspace().forEach(Array::release);
              return new Array[] {g.x(), g.h0(), g.c0(), g.ih(), g.hh(), g.bias(), g.bias()};
            },
            inputs);
    long t = x.size(0);
    return new LstmResult(
        part(steps, 1, t), part(steps, t, 1).squeeze(0), part(steps, t + 1, 1).squeeze(0));
  }

  /** Some of the steps, in the same memory. */
  private static Tensor part(Tensor steps, long from, long count) {
    long n = steps.size(1);
    long h = steps.size(2);
    Array value = steps.value().view(from * n * h, count, n, h);
    return Tape.record(
        "lstm part",
        value,
        dy -> {
          Array d = Array.empty(steps.dtype(), steps.shape());
          long before = from * n * h;
          long size = count * n * h;
          long after = steps.numel() - before - size;
          Backends.current().elementwise().fill(d.view(0, before), 0);
          Backends.current().elementwise().copy(dy.plain(), d.view(before, count, n, h));
          if (after > 0) {
            Backends.current().elementwise().fill(d.view(before + size, after), 0);
          }
          return new Array[] {d};
        },
        steps);
  }

  private static void check(
      Tensor x, Tensor h0, Tensor c0, Tensor wIh, Tensor wHh, Tensor bIh, Tensor bHh) {
    boolean ranks = x.rank() == 3 && wIh.rank() == 2 && wHh.rank() == 2 && x.numel() > 0;
    long h = ranks ? wHh.size(1) : 0;
    long n = ranks ? x.size(1) : 0;
    boolean fits =
        ranks
            && wIh.value().hasShape(4 * h, x.size(2))
            && wHh.value().hasShape(4 * h, h)
            && bIh.value().hasShape(4 * h)
            && bHh.value().hasShape(4 * h)
            && h0.value().hasShape(n, h)
            && c0.value().hasShape(n, h);
    if (!fits) {
      throw new IllegalArgumentException(
          "lstm expects x [T, N, in], states [N, H], weights [4H, in] and [4H, H], biases [4H],"
              + " got x "
              + Arrays.toString(x.shape())
              + ", states "
              + Arrays.toString(h0.shape())
              + " and "
              + Arrays.toString(c0.shape())
              + ", weights "
              + Arrays.toString(wIh.shape())
              + " and "
              + Arrays.toString(wHh.shape())
              + ", biases "
              + Arrays.toString(bIh.shape())
              + " and "
              + Arrays.toString(bHh.shape()));
    }
    for (Tensor t : new Tensor[] {h0, c0, wIh, wHh, bIh, bHh}) {
      if (t.dtype() != x.dtype() || !x.dtype().isFloating()) {
        throw new IllegalArgumentException(
            "lstm expects all tensors of one floating type, got "
                + x.dtype()
                + " and "
                + t.dtype());
      }
    }
  }
}
