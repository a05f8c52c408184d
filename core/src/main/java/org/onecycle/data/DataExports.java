package org.onecycle.data;

import com.fasterxml.jackson.databind.JsonNode;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;

/** The readers and transforms of data by name. */
public final class DataExports implements ExportProvider {
  /** Made by the service loader. */
  public DataExports() {}

  @Override
  public void register() {
    Exports.register(PipelineReader.NAME, PipelineReader::of);
    Exports.register("data.categorize", s -> new Categorize(vocab(s)));
    Exports.register("data.multi_categorize", s -> new MultiCategorize(vocab(s)));
    Exports.register(
        "data.one_hot_encode",
        s -> {
          int classes = s.path("classes").asInt();
          return new OneHotEncode(() -> classes);
        });
    Exports.register(ToNumber.NAME, s -> new ToNumber());
    Exports.register("data.category", s -> new Category(0));
    Exports.register("data.one_hot", s -> new OneHot());
    Numbers.register();
  }

  private static CategoryMap vocab(JsonNode settings) {
    return CategoryMap.ofLabels(Json.texts(settings, "vocab"));
  }
}
