package org.onecycle.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/** Questions about a model: its sizes, its kinds of layers. */
public final class ModelInfo {
  private static final Pattern POOL = Pattern.compile("Pool[123]d$");
  private static final int SMALLEST_PICTURE = 32;
  private static final int LARGEST_PICTURE = 2048;

  private ModelInfo() {}

  /** Returns the number of all parameters' elements, shared ones once. */
  public static long totalParams(Module model) {
    return count(model.parameters());
  }

  /** Returns the number of elements of the parameters that train. */
  public static long trainableParams(Module model) {
    return count(model.parameters().stream().filter(Parameter::requiresGrad).toList());
  }

  /** Returns the number of elements of these parameters. */
  public static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::numel).sum();
  }

  /** Returns whether the module, or one inside, is of a kind ending in Pool1d, Pool2d or Pool3d. */
  public static boolean hasPool(Module module) {
    return module.namedModules().values().stream().anyMatch(m -> POOL.matcher(m.kind()).find());
  }

  /**
   * Returns the number of channels the first convolution takes.
   *
   * @throws IllegalArgumentException if there is no layer with a {@code weight} of four axes
   */
  public static int inChannels(Module model) {
    for (Module m : model.namedModules().values()) {
      Parameter weight = m.ownParameters().get("weight");
      if (weight != null && weight.shape().length == 4) {
        return m instanceof Conv2d conv ? conv.inChannels() : (int) weight.shape()[1];
      }
    }
    throw new IllegalArgumentException("There is no convolution in this " + model.kind());
  }

  /**
   * Returns the number of channels the model gives, found by running it on an empty picture: 32
   * pixels wide, or the next power of two that it takes.
   *
   * @throws IllegalArgumentException if it takes no picture up to 2048 pixels
   */
  public static int numFeatures(Module model) {
    int channels = inChannels(model);
    IllegalArgumentException refusal = null;
    for (int size = SMALLEST_PICTURE; size <= LARGEST_PICTURE; size *= 2) {
      try {
        return (int) outputShape(model, 1, channels, size, size)[1];
      } catch (IllegalArgumentException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    throw refusal;
  }

  /**
   * Returns the shapes that the direct children of a model give for an empty picture {@code [1, C,
   * h, w]}, in evaluation mode (fastai's {@code model_sizes}).
   */
  public static List<long[]> modelSizes(Module model, int h, int w) {
    List<long[]> sizes = new ArrayList<>();
    List<Handle> hooks = new ArrayList<>();
    try {
      for (Module child : model.children().values()) {
        hooks.add(child.onForward((m, in, out) -> sizes.add(out.shape())));
      }
      outputShape(model, 1, inChannels(model), h, w);
    } finally {
      hooks.forEach(Handle::close);
    }
    return sizes;
  }

  /**
   * Returns the modules that have no modules inside, in order; a parameter beside smaller modules
   * counts as one of its own (fastai's {@code flatten_model}).
   */
  public static List<Module> flattenModel(Module model) {
    List<Module> parts = new ArrayList<>(model.children().values());
    if (parts.isEmpty()) {
      return List.of(model);
    }
    Set<Parameter> inside = new HashSet<>();
    parts.forEach(p -> inside.addAll(p.parameters()));
    model.ownParameters().values().stream()
        .filter(p -> !inside.contains(p))
        .forEach(p -> parts.add(new ParameterModule(p)));
    return parts.stream().flatMap(p -> flattenModel(p).stream()).toList();
  }

  /** Returns the shape of what the model, in evaluation mode, makes of zeros of this shape. */
  public static long[] outputShape(Module model, long... inputShape) {
    Map<Module, Boolean> modes = new LinkedHashMap<>();
    model.namedModules().values().forEach(m -> modes.put(m, m.isTraining()));
    DType dtype =
        model.parameters().stream().map(p -> p.tensor().dtype()).findFirst().orElse(DType.FLOAT);
    model.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      return model.call(Tensor.full(0, dtype, inputShape)).shape();
    } finally {
      // Parents come before their children, so each ends with its own mode.
      modes.forEach(Module::train);
    }
  }
}
