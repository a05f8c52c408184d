package org.onecycle.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the parameters of normalising layers, which optimisers treat differently. */
public final class NormLayers {
  private NormLayers() {}

  /** Returns the parameters of all norm layers, in the model's order. */
  public static List<Parameter> normParameters(Module model) {
    return normBiasParameters(model, false);
  }

  /**
   * Returns the parameters of all norm layers and, if wanted, the biases of all other modules, each
   * once: fastai's {@code norm_bias_params}.
   */
  public static List<Parameter> normBiasParameters(Module model, boolean withBias) {
    Set<Parameter> out = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Parameter> ordered = new ArrayList<>();
    collect(
        model,
        withBias,
        p -> {
          if (out.add(p)) {
            ordered.add(p);
          }
        });
    return ordered;
  }

  private static void collect(Module m, boolean withBias, Consumer<Parameter> sink) {
    if (m instanceof NormLayer) {
      m.parameters().forEach(sink);
      return;
    }
    m.children().values().forEach(c -> collect(c, withBias, sink));
    Parameter bias = m.ownParameters().get("bias");
    if (withBias && bias != null) {
      sink.accept(bias);
    }
  }
}
