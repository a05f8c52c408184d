package org.onecycle.bench.ours;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.onecycle.array.Scope;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * The operations of a network's convolutions and linear layers for one item, a multiplication and
 * an addition being two; all else is left out, as a floor may.
 *
 * @param forward of the outputs
 * @param inputGrads of the gradients of their inputs, but for the first layer's, which is the data
 * @param weightGrads of the gradients of the weights that train
 */
record Flops(double forward, double inputGrads, double weightGrads) {
  /** Returns an item of zeros of the shape of an input. */
  static Supplier<Tensor> zeros(InputFolder in, String name) {
    long[] shape = in.shape(name);
    shape[0] = 1;
    return () -> Tensor.zeros(shape);
  }

  /** Counts while a model looks at one item. */
  static Flops ofConvolutions(Module model, List<Supplier<Tensor>> item) {
    List<AutoCloseable> hooks = new ArrayList<>();
    double[] sums = new double[3];
    Module[] first = new Module[1];
    boolean training = model.isTraining();
    model.eval();
    for (Module m : model.namedModules().values()) {
      Parameter weight = weight(m);
      if (weight != null) {
        hooks.add(
            m.onForward(
                (module, inputs, output) -> {
                  long[] w = weight.shape();
                  double each = 2.0 * weight.numel() / w[0] * output.numel();
                  first[0] = first[0] == null ? m : first[0];
                  sums[0] += each;
                  sums[1] += m == first[0] ? 0 : each;
                  sums[2] += weight.requiresGrad() ? each : 0;
                }));
      }
    }
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      model.call(item.stream().map(Supplier::get).toArray(Tensor[]::new));
      for (AutoCloseable hook : hooks) {
        hook.close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    model.train(training);
    return new Flops(sums[0], sums[1], sums[2]);
  }

  private static Parameter weight(Module m) {
    if (m instanceof Conv2d conv) {
      return conv.weight();
    }
    return m instanceof Linear linear ? linear.weight() : null;
  }

  /** Returns the operations of a training step on an item. */
  double step() {
    return forward + inputGrads + weightGrads;
  }
}
