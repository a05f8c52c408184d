package org.onecycle.nn;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.tensor.Tensor;

/** Modules that follow each other and are named by number, put together by a subclass. */
abstract sealed class LayerChain extends Layer permits ConvLayer, PixelShuffleICNR {
  private final List<Module> layers = new ArrayList<>();

  /** Adds a module at the end; null is none. */
  final void append(Module m) {
    if (m != null) {
      layers.add(add(Integer.toString(layers.size()), m));
    }
  }

  /** Returns the module at a position; 0 is the convolution. */
  public final Module get(int i) {
    return layers.get(i);
  }

  /** Returns the number of modules. */
  final int size() {
    return layers.size();
  }

  @Override
  protected final Tensor compute(Tensor x) {
    return onlyResult(
        () -> {
          Tensor y = x;
          for (int i = 0, n; i < layers.size(); i += n) {
            n = ConvNormAct.length(layers, i);
            y = ConvNormAct.run(layers, i, n, y);
          }
          return y;
        });
  }
}
