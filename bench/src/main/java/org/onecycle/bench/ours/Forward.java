package org.onecycle.bench.ours;

import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Module;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/** Computes what a trained network says of pictures. */
final class Forward implements Work {
  private final InputFolder in;
  private final Module model;
  private final double flops;

  Forward(InputFolder in) {
    this.in = in;
    model = VisionWork.network(in);
    flops = in.shape("x")[0] * Flops.ofConvolutions(model, List.of(Flops.zeros(in, "x"))).forward();
    model.eval();
  }

  @Override
  public int items() {
    return (int) in.shape("x")[0];
  }

  @Override
  public double flops() {
    return flops;
  }

  @Override
  public void run(Pace pace) {
    CrossEntropyLossFlat loss = new CrossEntropyLossFlat();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor x = Tensor.of(in.floats("x"), in.shape("x"));
      Tensor y = Tensor.of(in.longs("y"), in.shape("y"));
      boolean more = true;
      while (more) {
        double value;
        try (Scope step = Scope.open()) {
          value = loss.forward(model.call(x), y).item();
        }
        more = pace.next(value);
      }
    }
  }
}
