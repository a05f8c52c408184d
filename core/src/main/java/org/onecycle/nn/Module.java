package org.onecycle.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * A piece of a model: parameters, buffers and smaller modules, registered by name in the
 * constructor, and a function from tensors to a tensor.
 *
 * <pre>{@code
 * final class SiameseModel extends Module {
 *   private final Module encoder;
 *   private final Module head;
 *
 *   SiameseModel(Module encoder, Module head) {
 *     this.encoder = add("encoder", encoder);
 *     this.head = add("head", head);
 *   }
 *
 *   public Tensor forward(Tensor... x) {
 *     return head.call(Tensor.cat(1, encoder.call(x[0]), encoder.call(x[1])));
 *   }
 * }
 * }</pre>
 *
 * <p>Names are PyTorch's, so that weights load by name in both directions.
 */
public abstract class Module {
  private final Map<String, Module> children = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final List<ForwardHook> hooks = new ArrayList<>(0);
  private boolean training = true;

  /** Makes a module without parameters. */
  protected Module() {}

  /** Computes the output. Users and other modules call {@link #call}. */
  public abstract Tensor forward(Tensor... inputs);

  /**
   * Runs the module.
   *
   * @throws LayerException if a layer inside cannot take what it gets
   */
  public final Tensor call(Tensor... inputs) {
    Tensor out = named(() -> forward(inputs));
    for (ForwardHook h : hooks) {
      h.after(this, inputs, out);
    }
    return out;
  }

  /** Computes, and names this module in the message if it cannot. */
  final Tensor named(Supplier<Tensor> computation) {
    try {
      return computation.get();
    } catch (LayerException e) {
      throw e.passing(this);
    } catch (IllegalArgumentException e) {
      throw new LayerException(e.getMessage(), this, "", e);
    }
  }

  /**
   * Computes something of which only the result is wanted: without a graph and without hooks inside
   * that could have kept them, the steps between give their memory back at once.
   */
  protected final Tensor onlyResult(Supplier<Tensor> computation) {
    if (NoGrad.gradEnabled() || namedModules().values().stream().anyMatch(Module::hasHooks)) {
      return computation.get();
    }
    try (Scope s = Scope.open()) {
      return computation.get().keepIn(s);
    }
  }

  // ---- building

  /** Registers a child and returns it. */
  protected final <M extends Module> M add(String childName, M child) {
    if (child == null) {
      throw new IllegalArgumentException("The module " + childName + " is null");
    }
    claim(childName);
    children.put(childName, child);
    return child;
  }

  /** Registers a parameter with these initial values, which are copied. */
  protected final Parameter parameter(String parameterName, Tensor initial) {
    claim(parameterName);
    Parameter p = new Parameter(initial);
    parameters.put(parameterName, p);
    return p;
  }

  /** Registers another module's parameter under a name of this one too: tied weights. */
  protected final Parameter share(String parameterName, Parameter other) {
    claim(parameterName);
    parameters.put(parameterName, other);
    return other;
  }

  /** Takes a parameter off this module's own, for a wrapper to register it. */
  final Parameter giveUp(String parameterName) {
    return parameters.remove(parameterName);
  }

  /** Registers a buffer with these initial values, which are copied. */
  protected final Buffer buffer(String bufferName, Tensor initial) {
    claim(bufferName);
    Buffer b = new Buffer(initial);
    buffers.put(bufferName, b);
    return b;
  }

  private void claim(String n) {
    if (n.isEmpty() || n.contains(".")) {
      throw new IllegalArgumentException("A name in a module is not empty and has no dot: " + n);
    }
    if (children.containsKey(n) || parameters.containsKey(n) || buffers.containsKey(n)) {
      throw new IllegalArgumentException("The name " + n + " is taken in " + kind());
    }
  }

  // ---- looking

  /** Returns the direct children by name, in order. */
  public final Map<String, Module> children() {
    return Collections.unmodifiableMap(children);
  }

  /** Returns this module's own parameters by name, without those of its children. */
  public final Map<String, Parameter> ownParameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Returns this module's own buffers by name, without those of its children. */
  public final Map<String, Buffer> ownBuffers() {
    return Collections.unmodifiableMap(buffers);
  }

  /** Returns this module and all below it by path, each once; this one under the empty path. */
  public final Map<String, Module> namedModules() {
    Map<String, Module> out = new LinkedHashMap<>();
    Set<Module> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    collect("", out, seen);
    return out;
  }

  private void collect(String path, Map<String, Module> out, Set<Module> seen) {
    if (seen.add(this)) {
      out.put(path, this);
      children.forEach((n, m) -> m.collect(path.isEmpty() ? n : path + "." + n, out, seen));
    }
  }

  /** Returns all parameters by path, each once. */
  public final Map<String, Parameter> namedParameters() {
    Map<String, Parameter> out = new LinkedHashMap<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    namedModules()
        .forEach(
            (path, m) ->
                m.parameters.forEach(
                    (n, p) -> {
                      if (seen.add(p)) {
                        out.put(path.isEmpty() ? n : path + "." + n, p);
                      }
                    }));
    return out;
  }

  /** Returns all parameters, each once. */
  public final List<Parameter> parameters() {
    return new ArrayList<>(namedParameters().values());
  }

  /** Calls the function with this module and all below it. */
  public final Module apply(Consumer<Module> function) {
    namedModules().values().forEach(function);
    return this;
  }

  /**
   * Gives every module that draws random numbers a generator of its own, split from this one in the
   * order of the modules.
   */
  public final Module seed(Rng rng) {
    return apply(
        m -> {
          if (m instanceof Stochastic s) {
            s.rng(rng.split());
          }
        });
  }

  /** Lets a hook see every output of this module until the returned handle is closed. */
  public final Handle onForward(ForwardHook hook) {
    hooks.add(hook);
    return () -> hooks.remove(hook);
  }

  /** Returns whether somebody sees every output of this module. */
  public final boolean hasHooks() {
    return !hooks.isEmpty();
  }

  // ---- state

  /** Returns whether the module is in training mode. */
  public final boolean isTraining() {
    return training;
  }

  /** Puts this module and all below it into training or evaluation mode. */
  public final Module train(boolean on) {
    namedModules().values().forEach(m -> m.training = on);
    return this;
  }

  /** Puts this module and all below it into training mode. */
  public final Module train() {
    return train(true);
  }

  /** Puts this module and all below it into evaluation mode. */
  public final Module eval() {
    return train(false);
  }

  /** Converts all parameters and floating buffers to another type. */
  public final Module to(DType dtype) {
    for (Parameter p : parameters()) {
      p.to(dtype);
    }
    namedModules().values().forEach(m -> m.buffers.values().forEach(b -> b.to(dtype)));
    return this;
  }

  /** Returns all parameters and buffers by path; shared, not copied. */
  public final Map<String, Tensor> stateDict() {
    Map<String, Tensor> out = new LinkedHashMap<>();
    state("", out);
    return out;
  }

  private void state(String prefix, Map<String, Tensor> out) {
    parameters.forEach((n, p) -> out.put(prefix + n, p.tensor()));
    buffers.forEach((n, b) -> out.put(prefix + n, b.tensor()));
    children.forEach((n, m) -> m.state(prefix + n + ".", out));
  }

  /**
   * Copies values by name into parameters and buffers.
   *
   * @throws IllegalArgumentException if a name is missing or left over or a shape differs; nothing
   *     has been changed then
   */
  public final Module loadStateDict(Map<String, Tensor> state) {
    StateDicts.load(this, state, true);
    return this;
  }

  /**
   * Copies the values whose names this module knows.
   *
   * @return the names that were missing here or there
   * @throws IllegalArgumentException if a shape differs; nothing has been changed then
   */
  public final List<String> loadMatching(Map<String, Tensor> state) {
    return StateDicts.load(this, state, false);
  }

  // ---- text

  /** Returns the module's own settings as they are printed between parentheses. */
  protected String extraRepr() {
    return "";
  }

  /** Returns the name of the kind of module. */
  public String kind() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder(kind()).append('(').append(extraRepr());
    children.forEach(
        (n, m) ->
            s.append("\n  (").append(n).append("): ").append(m.toString().replace("\n", "\n  ")));
    return s.append(children.isEmpty() ? ")" : "\n)").toString();
  }
}
