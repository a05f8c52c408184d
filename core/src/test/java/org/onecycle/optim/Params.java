package org.onecycle.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;

/** Parameters without a model, and gradients without a loss. */
final class Params extends Module {
  private int count;

  private Params() {}

  @Override
  public Tensor forward(Tensor... inputs) {
    throw new UnsupportedOperationException("only holds parameters");
  }

  private Parameter add(Tensor initial) {
    return parameter("p" + count++, initial);
  }

  static Parameter of(double... values) {
    return of(DType.DOUBLE, values);
  }

  static Parameter of(DType dtype, double... values) {
    return new Params().add(Tensor.of(values, values.length).to(dtype));
  }

  /** Parameters of one element each. */
  static List<Parameter> each(double... values) {
    List<Parameter> out = new ArrayList<>();
    Arrays.stream(values).forEach(v -> out.add(of(v)));
    return out;
  }

  /** Leaves this gradient, in place of any other. */
  static void grad(Parameter p, double... g) {
    p.zeroGrad();
    p.tensor().backward(Tensor.of(g, p.shape()).to(p.tensor().dtype()));
  }

  static double[] values(Parameter p) {
    return p.tensor().toDoubles();
  }

  /** The first elements of all parameters. */
  static double[] values(List<Parameter> ps) {
    return ps.stream().mapToDouble(p -> values(p)[0]).toArray();
  }
}
