package org.onecycle.nn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Supplier;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;

/** Activations by name, as the settings of exported models hold them. */
public final class NnExports implements ExportProvider {
  private static final Map<Class<? extends Module>, Entry<String, Supplier<Module>>> ACTIVATIONS =
      Map.of(
          ReLU.class, Map.entry("nn.relu", ReLU::new),
          GELU.class, Map.entry("nn.gelu", GELU::new),
          Sigmoid.class, Map.entry("nn.sigmoid", Sigmoid::new),
          Tanh.class, Map.entry("nn.tanh", Tanh::new),
          Identity.class, Map.entry("nn.identity", Identity::new));

  /** Made by the service loader. */
  public NnExports() {}

  @Override
  public void register() {
    ACTIVATIONS.values().forEach(a -> Exports.register(a.getKey(), s -> a.getValue().get()));
  }

  /**
   * Returns the spec of an activation.
   *
   * @throws IllegalArgumentException if it is neither one of the library nor {@link Exportable}
   */
  public static Spec activation(Supplier<? extends Module> act) {
    Module made = act.get();
    Entry<String, Supplier<Module>> known = ACTIVATIONS.get(made.getClass());
    return known == null ? Exportable.of(made) : Spec.of(known.getKey());
  }

  /** Returns what makes the activation of a spec. */
  public static Supplier<Module> activation(JsonNode spec) {
    Spec read = Spec.fromJson(spec);
    return () -> Exports.make(read, Module.class);
  }
}
