package org.onecycle.text.models;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.nn.LinBnDrop;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Tensor;

/**
 * Classifies encoded texts: pooling, then groups of batch norm, dropout and a linear layer with
 * ReLU between them.
 */
public final class PoolingLinearClassifier extends Module {
  private final Sequential layers;
  private final List<Integer> dims;
  private final List<Double> ps;

  /**
   * Makes a classifier.
   *
   * @param dims the sizes: three times the outputs', those between, the number of classes
   * @param ps the dropout before each linear layer
   * @throws IllegalArgumentException if there is not one dropout for each pair of sizes
   */
  public PoolingLinearClassifier(List<Integer> dims, List<Double> ps) {
    if (dims.size() < 2 || ps.size() != dims.size() - 1) {
      throw new IllegalArgumentException(
          "PoolingLinearClassifier expects a dropout for each linear layer, got sizes "
              + dims
              + " and dropouts "
              + ps);
    }
    this.dims = List.copyOf(dims);
    this.ps = List.copyOf(ps);
    List<Module> groups = new ArrayList<>();
    for (int i = 0; i < ps.size(); i++) {
      LinBnDrop group = new LinBnDrop(dims.get(i), dims.get(i + 1)).withDropout(ps.get(i));
      groups.add(i == ps.size() - 1 ? group.module() : group.withAct(new ReLU()).module());
    }
    layers = add("layers", new Sequential(groups));
  }

  /** Returns the sizes. */
  List<Integer> dims() {
    return dims;
  }

  /** Returns the dropout before each linear layer. */
  List<Double> ps() {
    return ps;
  }

  /** Computes logits {@code [N, classes]} from outputs {@code [N, T, C]} and their mask. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 2) {
      throw new IllegalArgumentException(
          "PoolingLinearClassifier expects outputs and their mask, got " + inputs.length);
    }
    return layers.call(ConcatPool.maskedConcatPool(inputs[0], inputs[1]));
  }
}
