package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/**
 * Fills gaps in continuous columns, and says in a new categorical column {@code NAME_na} where they
 * were.
 *
 * <p>What to fill with is learnt for every continuous column, so that a gap that first shows up in
 * new rows is filled too. Only columns with gaps among the training rows get a {@code _na} column:
 * of others a model could not learn what a gap means.
 */
public final class FillMissing extends TabularProc {
  static final String SUFFIX = "_na";

  private final FillStrategy strategy;
  private final Map<String, Double> fillVals;
  private final boolean addCol;

  /** Fills with the median. */
  public FillMissing() {
    this(FillStrategy.MEDIAN);
  }

  /** Fills by a strategy. */
  public FillMissing(FillStrategy strategy) {
    this(strategy, Map.of(), true);
  }

  private FillMissing(FillStrategy strategy, Map<String, Double> fillVals, boolean addCol) {
    this.strategy = strategy;
    this.fillVals = fillVals;
    this.addCol = addCol;
  }

  /** Fills a column with this number, whatever the strategy. */
  public FillMissing withFillVal(String column, double value) {
    Map<String, Double> more = new LinkedHashMap<>(fillVals);
    more.put(column, value);
    return new FillMissing(strategy, more, addCol);
  }

  /** Whether there are {@code _na} columns; there are by default. */
  public FillMissing withAddCol(boolean wanted) {
    return new FillMissing(strategy, fillVals, wanted);
  }

  @Override
  int order() {
    return 0;
  }

  @Override
  FittedFill fit(Cells train) {
    for (String name : fillVals.keySet()) {
      if (!train.conts().containsKey(name)) {
        throw new IllegalArgumentException(
            "FillMissing: there is no continuous column "
                + name
                + ", there are "
                + train.conts().keySet());
      }
    }
    Map<String, Double> fills = new LinkedHashMap<>();
    Set<String> flagged = new LinkedHashSet<>();
    train
        .conts()
        .forEach(
            (name, values) -> {
              Double given = fillVals.get(name);
              fills.put(name, given == null ? strategy.fill(name, values) : given);
              boolean gaps = false;
              for (double v : values) {
                gaps |= Double.isNaN(v);
              }
              if (gaps && addCol) {
                flagged.add(name);
              }
            });
    return new FittedFill(fills, flagged);
  }

  /**
   * What was learnt.
   *
   * @param fills what each column's gaps are filled with
   * @param flagged the columns that have a {@code _na} column
   */
  record FittedFill(Map<String, Double> fills, Set<String> flagged) implements Fitted {
    static final String NAME = "tabular.fill_missing";

    static FittedFill of(JsonNode s) {
      Map<String, Double> fills = new LinkedHashMap<>();
      s.path("fills").properties().forEach(e -> fills.put(e.getKey(), e.getValue().asDouble()));
      return new FittedFill(fills, new LinkedHashSet<>(Json.texts(s, "flagged")));
    }

    @Override
    public Spec spec() {
      ObjectNode s = Spec.object();
      ObjectNode all = s.putObject("fills");
      fills.forEach(all::put);
      s.set("flagged", Json.texts(flagged));
      return new Spec(NAME, s);
    }

    @Override
    public void encode(Cells cells) {
      cells
          .conts()
          .forEach(
              (name, values) -> {
                double fill = fills.get(name);
                Object[] was = new Object[values.length];
                for (int r = 0; r < values.length; r++) {
                  was[r] = Double.isNaN(values[r]);
                  if (Double.isNaN(values[r])) {
                    values[r] = fill;
                  }
                }
                if (flagged.contains(name)) {
                  cells.cats().put(name + SUFFIX, was);
                }
              });
    }

    /** Leaves the filled values: they are what the model saw; the {@code _na} columns tell. */
    @Override
    public void decode(Cells cells) {}
  }
}
