package org.onecycle.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.onecycle.nn.Parameter;

/** Parameters that train with the same hyper-parameters: plain data, read at every step. */
public final class ParamGroup {
  private final List<Parameter> parameters;
  private final Map<String, Double> hypers;

  /** Makes a group; both arguments are copied. */
  public ParamGroup(List<Parameter> parameters, Map<String, Double> hypers) {
    this.parameters = List.copyOf(parameters);
    this.hypers = new LinkedHashMap<>(hypers);
  }

  /** Returns the parameters, in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the hyper-parameters by name; unmodifiable, but it shows later changes. */
  public Map<String, Double> hypers() {
    return Collections.unmodifiableMap(hypers);
  }

  /**
   * Returns a hyper-parameter.
   *
   * @throws IllegalArgumentException if the group has none of that name
   */
  public double get(String name) {
    return hypers.get(known(name));
  }

  /**
   * Changes a hyper-parameter.
   *
   * @throws IllegalArgumentException if the group has none of that name
   */
  public void set(String name, double value) {
    hypers.put(known(name), value);
  }

  private String known(String name) {
    if (!hypers.containsKey(name)) {
      throw new IllegalArgumentException(
          "Unknown hyper-parameter " + name + ": this optimiser has " + hypers.keySet());
    }
    return name;
  }

  /** Returns the learning rate. */
  public double lr() {
    return get(Hyper.LR);
  }

  /** Returns the number of elements of all parameters. */
  public long numel() {
    return parameters.stream().mapToLong(Parameter::numel).sum();
  }

  @Override
  public String toString() {
    String values =
        hypers.entrySet().stream()
            .map(e -> String.format(java.util.Locale.ROOT, "%s %.5g", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return "ParamGroup of "
        + parameters.size()
        + " parameters, "
        + numel()
        + " elements ("
        + values
        + ")";
  }
}
