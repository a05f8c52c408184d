package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.Supplier;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.Module;
import org.onecycle.nn.NnExports;
import org.onecycle.nn.ReLU;

/**
 * The settings of a {@link TabularModel}; each method returns changed settings.
 *
 * @param ps the probabilities of dropout after each hidden layer; one for all, or none
 * @param embedP the probability of dropout after the embeddings
 * @param yRange the bounds of the answer {@code (low, high)}, or null
 * @param useBn whether there is batch norm after hidden layers
 * @param bnFinal whether there is batch norm after the last layer
 * @param bnCont whether continuous columns go through batch norm
 * @param act makes the activation
 * @param linFirst whether a group is linear, activation, batch norm, dropout, or the other way
 */
public record TabularConfig(
    double[] ps,
    double embedP,
    double[] yRange,
    boolean useBn,
    boolean bnFinal,
    boolean bnCont,
    Supplier<Module> act,
    boolean linFirst) {
  /** fastai's: no dropout, batch norm but after the last layer, ReLU, linear layers first. */
  public static final TabularConfig DEFAULT =
      new TabularConfig(new double[0], 0, null, true, false, true, ReLU::new, true);

  /** Checks and copies. */
  public TabularConfig {
    ps = ps.clone();
    yRange = yRange == null ? null : yRange.clone();
    if (yRange != null && (yRange.length != 2 || !(yRange[0] < yRange[1]))) {
      throw new IllegalArgumentException(
          "yRange expects (low, high), got " + Arrays.toString(yRange));
    }
  }

  @Override
  public double[] ps() {
    return ps.clone();
  }

  @Override
  public double[] yRange() {
    return yRange == null ? null : yRange.clone();
  }

  /** With dropout after hidden layers: one probability for all or one each. */
  public TabularConfig withPs(double... values) {
    return new TabularConfig(values, embedP, yRange, useBn, bnFinal, bnCont, act, linFirst);
  }

  /** With dropout after the embeddings. */
  public TabularConfig withEmbedP(double p) {
    return new TabularConfig(ps, p, yRange, useBn, bnFinal, bnCont, act, linFirst);
  }

  /** With answers between two bounds. */
  public TabularConfig withYRange(double low, double high) {
    double[] range = {low, high};
    return new TabularConfig(ps, embedP, range, useBn, bnFinal, bnCont, act, linFirst);
  }

  /** With or without batch norm after hidden layers. */
  public TabularConfig withUseBn(boolean wanted) {
    return new TabularConfig(ps, embedP, yRange, wanted, bnFinal, bnCont, act, linFirst);
  }

  /** With or without batch norm after the last layer. */
  public TabularConfig withBnFinal(boolean wanted) {
    return new TabularConfig(ps, embedP, yRange, useBn, wanted, bnCont, act, linFirst);
  }

  /** With or without batch norm of continuous columns. */
  public TabularConfig withBnCont(boolean wanted) {
    return new TabularConfig(ps, embedP, yRange, useBn, bnFinal, wanted, act, linFirst);
  }

  /** With another activation. */
  public TabularConfig withAct(Supplier<Module> activation) {
    return new TabularConfig(ps, embedP, yRange, useBn, bnFinal, bnCont, activation, linFirst);
  }

  /** With the linear layer first or last in its group. */
  public TabularConfig withLinFirst(boolean first) {
    return new TabularConfig(ps, embedP, yRange, useBn, bnFinal, bnCont, act, first);
  }

  ObjectNode toJson() {
    ObjectNode s = Spec.object();
    s.set("ps", Json.numbers(ps));
    s.put("embed_p", embedP);
    if (yRange != null) {
      s.set("y_range", Json.numbers(yRange));
    }
    s.put("use_bn", useBn).put("bn_final", bnFinal).put("bn_cont", bnCont);
    s.set("act", NnExports.activation(act).toJson());
    return s.put("lin_first", linFirst);
  }

  static TabularConfig of(JsonNode s) {
    return new TabularConfig(
        Json.numbers(s, "ps"),
        s.path("embed_p").asDouble(),
        s.has("y_range") ? Json.numbers(s, "y_range") : null,
        s.path("use_bn").asBoolean(),
        s.path("bn_final").asBoolean(),
        s.path("bn_cont").asBoolean(),
        NnExports.activation(s.path("act")),
        s.path("lin_first").asBoolean());
  }

  /** Returns the dropout of each hidden layer. */
  double[] dropouts(int layers) {
    if (ps.length == layers) {
      return ps.clone();
    }
    if (ps.length > 1) {
      throw new IllegalArgumentException(
          "ps expects one probability or one for each of the %d hidden layers, got %s"
              .formatted(layers, Arrays.toString(ps)));
    }
    double[] out = new double[layers];
    Arrays.fill(out, ps.length == 0 ? 0 : ps[0]);
    return out;
  }
}
