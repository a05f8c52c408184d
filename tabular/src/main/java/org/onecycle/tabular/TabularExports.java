package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;

/** The model of tables and how rows are read, by name. */
public final class TabularExports implements ExportProvider {
  static final String MODEL = "tabular.model";

  /** Made by the service loader. */
  public TabularExports() {}

  @Override
  public void register() {
    Exports.register(
        MODEL,
        s ->
            new TabularModel(
                sizes(s),
                s.path("conts").asInt(),
                s.path("outputs").asInt(),
                Json.integers(s, "hidden"),
                TabularConfig.of(s.path("config"))));
    Exports.register(RowReader.NAME, s -> new RowReader(Preparation.of(s)));
    Exports.register(FillMissing.FittedFill.NAME, FillMissing.FittedFill::of);
    Exports.register(Categorify.FittedCategorify.NAME, Categorify.FittedCategorify::of);
    Exports.register(Normalize.FittedNormalize.NAME, Normalize.FittedNormalize::of);
    Exports.register(CatsOfRow.NAME, CatsOfRow::of);
    Exports.register(ContsOfRow.NAME, ContsOfRow::of);
  }

  private static List<EmbSz> sizes(JsonNode s) {
    List<Integer> categories = Json.integers(s, "categories");
    List<Integer> dims = Json.integers(s, "dims");
    List<EmbSz> out = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      out.add(new EmbSz(categories.get(i), dims.get(i)));
    }
    return out;
  }
}
