package org.onecycle.tabular.collab;

import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;

/** The dot product of ratings by name; the neural model is a model of tables. */
public final class CollabExports implements ExportProvider {
  static final String DOT = "tabular.collab_dot";

  /** Made by the service loader. */
  public CollabExports() {}

  @Override
  public void register() {
    Exports.register(
        DOT,
        s ->
            new EmbeddingDotBias(
                s.path("factors").asInt(),
                s.path("users").asInt(),
                s.path("items").asInt(),
                s.has("y_range") ? Json.numbers(s, "y_range") : null));
  }
}
