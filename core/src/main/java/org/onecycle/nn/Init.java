package org.onecycle.nn;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Shapes;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * First values of parameters.
 *
 * <p>A layer's constructor draws its values from {@link #rng()}, the generator of the thread, which
 * starts from seed {@value #DEFAULT_SEED} in every thread; {@link #with} puts another one in its
 * place. The same program with the same seeds makes the same model.
 *
 * <p>The fan of a weight {@code [out, in, ...]} is {@code in} (or {@code out}) times the size of
 * the receptive field. Kaiming: He et al. 2015, arXiv 1502.01852. Xavier: Glorot and Bengio 2010.
 */
public final class Init {
  /** The seed a thread's generator starts from. */
  public static final long DEFAULT_SEED = 0;

  /** Which side of a layer keeps the variance of the values that pass. */
  public enum Fan {
    /** The forward pass. */
    IN,
    /** The backward pass. */
    OUT
  }

  private static final ThreadLocal<Rng> CURRENT =
      ThreadLocal.withInitial(() -> new Rng(DEFAULT_SEED));

  private static final int PART = 1 << 14;

  private static final ThreadLocal<Boolean> UNDRAWN = ThreadLocal.withInitial(() -> false);

  private Init() {}

  // ---- the generator

  /** Returns the generator that this thread's constructors of layers draw from. */
  public static Rng rng() {
    return CURRENT.get();
  }

  /** Starts this thread's generator anew. */
  public static void seed(long seed) {
    CURRENT.set(new Rng(seed));
  }

  /** Makes a model with values drawn from this generator. */
  public static <M> M with(Rng rng, Supplier<M> model) {
    Rng before = CURRENT.get();
    CURRENT.set(rng);
    try {
      return model.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /**
   * Makes a model whose random first values are zeros instead: for one that gets its weights from a
   * file, where drawing them would take the most time.
   */
  public static <M> M undrawn(Supplier<M> model) {
    boolean before = UNDRAWN.get();
    UNDRAWN.set(true);
    try {
      return model.get();
    } finally {
      UNDRAWN.set(before);
    }
  }

  // ---- rules

  /** Returns the rule that gives every element this value. */
  public static Initializer constant(double value) {
    return (rng, shape) -> Tensor.full(value, DType.FLOAT, shape);
  }

  /** Returns the rule of uniform numbers from {@code low} to before {@code high}. */
  public static Initializer uniform(double low, double high) {
    return (rng, shape) -> fill(() -> rng.nextDouble(low, high), shape);
  }

  /** Returns the rule of normal numbers. */
  public static Initializer normal(double mean, double std) {
    return (rng, shape) -> fill(() -> mean + std * rng.nextGaussian(), shape);
  }

  /**
   * Returns fastai's cut normal: the remainder of a standard normal number by 2, scaled by {@code
   * std}.
   */
  public static Initializer truncNormal(double mean, double std) {
    return (rng, shape) -> fill(() -> mean + std * (rng.nextGaussian() % 2), shape);
  }

  /** Returns {@code kaimingNormal(Fan.IN, 0)}: standard deviation {@code sqrt(2 / fan_in)}. */
  public static Initializer kaimingNormal() {
    return kaimingNormal(Fan.IN, 0);
  }

  /**
   * Returns the rule of normal numbers with standard deviation {@code gain / sqrt(fan)}, {@code
   * gain = sqrt(2 / (1 + a^2))}.
   *
   * @param a the slope of the leaky ReLU that follows; 0 for ReLU
   */
  public static Initializer kaimingNormal(Fan fan, double a) {
    return (rng, shape) -> normal(0, leakyGain(a) / Math.sqrt(fan(fan, shape))).draw(rng, shape);
  }

  /**
   * Returns the rule of uniform numbers within {@code gain * sqrt(3 / fan)}, {@code gain = sqrt(2 /
   * (1 + a^2))}.
   *
   * @param a the slope of the leaky ReLU that follows; 0 for ReLU
   */
  public static Initializer kaimingUniform(Fan fan, double a) {
    return (rng, shape) -> {
      double bound = leakyGain(a) * Math.sqrt(3.0 / fan(fan, shape));
      return uniform(-bound, bound).draw(rng, shape);
    };
  }

  /** Returns the rule of normal numbers, deviation {@code gain * sqrt(2 / (fan_in + fan_out))}. */
  public static Initializer xavierNormal(double gain) {
    return (rng, shape) -> {
      double fans = fan(Fan.IN, shape) + fan(Fan.OUT, shape);
      return normal(0, gain * Math.sqrt(2 / fans)).draw(rng, shape);
    };
  }

  /** Returns the rule of uniform numbers within {@code gain * sqrt(6 / (fan_in + fan_out))}. */
  public static Initializer xavierUniform(double gain) {
    return (rng, shape) -> {
      double fans = fan(Fan.IN, shape) + fan(Fan.OUT, shape);
      double bound = gain * Math.sqrt(6 / fans);
      return uniform(-bound, bound).draw(rng, shape);
    };
  }

  /** Returns PyTorch's rule for linear and convolutional weights: within 1 / sqrt(fan_in). */
  public static Initializer standard() {
    return kaimingUniform(Fan.IN, Math.sqrt(5));
  }

  /** Returns the rule for the bias beside a weight: uniform within 1 / sqrt(fan_in). */
  static Initializer biasFor(long... weightShape) {
    double bound = 1 / Math.sqrt(fan(Fan.IN, weightShape));
    return uniform(-bound, bound);
  }

  /**
   * Returns what to multiply a deviation with before this nonlinearity, as PyTorch's
   * calculate_gain.
   *
   * @param nonlinearity linear, sigmoid, tanh, relu, leaky_relu (slope 0.01) or selu
   */
  public static double gain(String nonlinearity) {
    return switch (nonlinearity) {
      case "linear", "sigmoid" -> 1;
      case "tanh" -> 5.0 / 3;
      case "relu" -> Math.sqrt(2);
      case "leaky_relu" -> leakyGain(0.01);
      case "selu" -> 0.75;
      default -> throw new IllegalArgumentException("No gain is known for " + nonlinearity);
    };
  }

  private static double leakyGain(double a) {
    return Math.sqrt(2 / (1 + a * a));
  }

  private static long fan(Fan fan, long... shape) {
    if (shape.length < 2) {
      throw new IllegalArgumentException(
          "A fan needs a weight of two axes or more, got " + Arrays.toString(shape));
    }
    long field = Shapes.numel(Arrays.copyOfRange(shape, 2, shape.length));
    return field * shape[fan == Fan.IN ? 1 : 0];
  }

  private static Tensor fill(DoubleSupplier next, long... shape) {
    if (UNDRAWN.get()) {
      return Tensor.full(0, DType.FLOAT, shape);
    }
    Array all = Array.empty(DType.FLOAT, shape);
    long count = all.numel();
    // In parts: the Java heap never gives back what one large array made it grow by.
    for (long from = 0; from < count; from += PART) {
      float[] v = new float[(int) Math.min(PART, count - from)];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) next.getAsDouble();
      }
      Host.put(v, all.view(from, v.length));
    }
    return Tensor.of(all);
  }

  // ---- whole models

  /** Draws every trained weight outside of norm layers by {@link #kaimingNormal()}; biases 0. */
  public static void applyInit(Module model, Rng rng) {
    applyInit(model, kaimingNormal(), rng);
  }

  /**
   * Draws the {@code weight} of every module that trains and is no norm layer, and sets its {@code
   * bias} to 0: fastai's {@code apply_init}.
   */
  public static void applyInit(Module model, Initializer rule, Rng rng) {
    model.apply(
        m -> {
          if (m instanceof NormLayer
              || m.parameters().stream().noneMatch(Parameter::requiresGrad)) {
            return;
          }
          Parameter weight = m.ownParameters().get("weight");
          Parameter bias = m.ownParameters().get("bias");
          if (weight != null) {
            rule.apply(weight, rng);
          }
          if (bias != null) {
            constant(0).apply(bias, rng);
          }
        });
  }
}
