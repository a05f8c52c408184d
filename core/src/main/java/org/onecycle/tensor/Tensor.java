package org.onecycle.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Binary;
import org.onecycle.backend.PadMode;
import org.onecycle.backend.Reduction;
import org.onecycle.backend.Unary;

/**
 * An n-dimensional array with gradients: eager, and differentiated by the operations that were run.
 *
 * <pre>{@code
 * Tensor w = Tensor.of(new float[] {1, 2, 3}, 3).requiresGrad(true);
 * Tensor loss = w.square().sum();
 * loss.backward();
 * w.grad(); // 2, 4, 6
 * }</pre>
 *
 * <p>Values are never changed by an operation; operations broadcast as NumPy does. Results live in
 * the current {@link Scope}, or, outside of scopes, as long as they are reachable. A tensor is not
 * safe for use by several threads at once.
 */
public final class Tensor {
  private final Array value;
  private final Tape.Node node;
  private boolean requiresGrad;
  private Array grad;

  Tensor(Array value) {
    this(value, null);
  }

  Tensor(Array value, Tape.Node node) {
    this.value = value;
    this.node = node;
  }

  // ---- making tensors

  /** Wraps an array; it is shared, not copied. */
  public static Tensor of(Array value) {
    return new Tensor(value);
  }

  /** Returns a FLOAT tensor of the given values in C order. */
  public static Tensor of(float[] data, long... shape) {
    Array a = Array.empty(DType.FLOAT, shape);
    Host.put(data, a);
    return new Tensor(a);
  }

  /** Returns a DOUBLE tensor of the given values in C order. */
  public static Tensor of(double[] data, long... shape) {
    Array a = Array.empty(DType.DOUBLE, shape);
    Host.put(data, a);
    return new Tensor(a);
  }

  /** Returns an INT64 tensor of the given values in C order. */
  public static Tensor of(long[] data, long... shape) {
    Array a = Array.empty(DType.INT64, shape);
    Host.put(data, a);
    return new Tensor(a);
  }

  /** Returns an INT64 tensor of the given values in C order. */
  public static Tensor of(int[] data, long... shape) {
    return of(Arrays.stream(data).asLongStream().toArray(), shape);
  }

  /** Returns a UINT8 tensor of the given bytes in C order. */
  public static Tensor of(byte[] data, long... shape) {
    Array a = Array.empty(DType.UINT8, shape);
    Host.put(data, a);
    return new Tensor(a);
  }

  /** Returns a FLOAT tensor without axes. */
  public static Tensor scalar(double number) {
    return full(number, DType.FLOAT);
  }

  /** Returns a tensor with the same number everywhere. */
  public static Tensor full(double number, DType dtype, long... shape) {
    Array a = Array.empty(dtype, shape);
    Backends.current().elementwise().fill(a, number);
    return new Tensor(a);
  }

  /** Returns a FLOAT tensor of zeros. */
  public static Tensor zeros(long... shape) {
    return full(0, DType.FLOAT, shape);
  }

  /** Returns a FLOAT tensor of ones. */
  public static Tensor ones(long... shape) {
    return full(1, DType.FLOAT, shape);
  }

  /** Returns the INT64 tensor 0, 1, .. n-1. */
  public static Tensor arange(int n) {
    long[] v = new long[n];
    Arrays.setAll(v, i -> i);
    return of(v, n);
  }

  /** Returns a FLOAT tensor of uniform numbers in [0, 1). */
  public static Tensor rand(Rng rng, long... shape) {
    float[] v = new float[Math.toIntExact(Shapes.numel(shape))];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) rng.nextDouble();
    }
    return of(v, shape);
  }

  /** Returns a FLOAT tensor of standard normal numbers. */
  public static Tensor randn(Rng rng, long... shape) {
    float[] v = new float[Math.toIntExact(Shapes.numel(shape))];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) rng.nextGaussian();
    }
    return of(v, shape);
  }

  /** Returns the tensors one behind the other along an axis. */
  public static Tensor cat(int axis, Tensor... xs) {
    return ShapeOps.cat(axis, xs);
  }

  /** Returns tensors of one shape side by side along a new axis. */
  public static Tensor stack(int axis, Tensor... xs) {
    return ShapeOps.stack(axis, xs);
  }

  /** Returns {@code a} where the condition holds, else {@code b}. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return ElementwiseOps.where(condition, a, b);
  }

  // ---- looking at tensors

  /** Returns a copy of the shape. */
  public long[] shape() {
    return value.shape();
  }

  /** Returns the size along an axis; a negative axis counts from the end. */
  public long size(int axis) {
    return value.size(axis);
  }

  /** Returns the number of axes. */
  public int rank() {
    return value.rank();
  }

  /** Returns the number of elements. */
  public long numel() {
    return value.numel();
  }

  /** Returns the element type. */
  public DType dtype() {
    return value.dtype();
  }

  /** Returns the array behind the tensor; it is shared, not copied. */
  public Array value() {
    return value;
  }

  /** Returns a copy as an ND4J array, which lives on its own. */
  public INDArray toNd4j() {
    return value.nd().dup('c');
  }

  /**
   * Returns the one element.
   *
   * @throws IllegalStateException if there is not exactly one
   */
  public double item() {
    if (numel() != 1) {
      throw new IllegalStateException("item() expects one element, got " + this);
    }
    return Host.doubles(value)[0];
  }

  /** Returns the elements in C order. */
  public float[] toFloats() {
    return Host.floats(value);
  }

  /** Returns the elements in C order. */
  public double[] toDoubles() {
    return Host.doubles(value);
  }

  /** Returns the elements in C order; floating values are truncated toward zero. */
  public long[] toLongs() {
    return Host.longs(value);
  }

  // ---- gradients

  Tape.Node node() {
    return node;
  }

  /** Returns whether operations on this tensor are recorded for gradients. */
  public boolean needsGrad() {
    return requiresGrad || node != null;
  }

  /**
   * Says whether {@link #backward} is to leave a gradient in this tensor.
   *
   * @throws IllegalStateException if it is the result of a recorded operation
   * @throws IllegalArgumentException if it is not of a floating type
   */
  public Tensor requiresGrad(boolean wanted) {
    if (node != null) {
      throw new IllegalStateException("Only a leaf can be told to require gradients; detach() it");
    }
    if (wanted && !dtype().isFloating()) {
      throw new IllegalArgumentException("A tensor of " + dtype() + " has no gradient");
    }
    requiresGrad = wanted;
    return this;
  }

  /** Returns the gradient that backward passes have summed up here, or null; shared. */
  public Tensor grad() {
    return grad == null ? null : new Tensor(grad);
  }

  /** Shows the gradient of this result, no leaf, when a backward pass has it whole; it is lent. */
  public void onGrad(Consumer<Tensor> watch) {
    if (node == null) {
      throw new IllegalStateException("onGrad expects a result on the way to a loss, got a leaf");
    }
    node.watch(watch);
  }

  /** Forgets the gradient and gives its memory back; copy what must stay. */
  public void zeroGrad() {
    if (grad != null) {
      grad.release();
      grad = null;
    }
  }

  /**
   * Adds to the gradient.
   *
   * @param owner the scope of an array that nobody else uses, which may become the gradient itself;
   *     else null
   */
  void accumulate(Array g, Scope owner) {
    if (!requiresGrad) {
      return;
    }
    if (grad != null) {
      Backends.current().elementwise().addInPlace(grad, g, 1);
    } else if (owner != null && g.layout() == null && owner.giveAway(g)) {
      grad = g;
    } else {
      Array copy = Array.detached(dtype(), shape());
      Backends.current().elementwise().copy(g, copy);
      grad = copy;
    }
  }

  /**
   * Computes the gradients of this one number in all leaves it was computed from, and adds them to
   * what {@link #grad()} already holds there. The graph is used up.
   *
   * @throws IllegalStateException if this tensor is not one number, or depends on no leaf that
   *     requires a gradient
   */
  public void backward() {
    backward(seed(), null);
  }

  /** As {@link #backward()}, with a given gradient of this tensor, which need not be one number. */
  public void backward(Tensor gradient) {
    backward(gradient.value, null);
  }

  /**
   * As {@link #backward()}, but also gives the memory of inner results back as the walk passes
   * them; only this tensor and the ones named stay readable.
   */
  public void backwardReleasing(Tensor... kept) {
    backward(seed(), kept);
  }

  private Array seed() {
    if (numel() != 1) {
      throw new IllegalStateException(
          "backward() starts from one number, got " + this + ": reduce it, or give a gradient");
    }
    return full(1, dtype(), shape()).value;
  }

  private void backward(Array seed, Tensor[] kept) {
    if (!needsGrad()) {
      throw new IllegalStateException(
          this + " depends on no tensor that requires a gradient: nothing to go back to");
    }
    if (node == null) {
      accumulate(seed, null);
    } else {
      Tape.backward(this, seed, kept);
    }
  }

  /** Returns the same values, shared, without their history. */
  public Tensor detach() {
    return new Tensor(value);
  }

  /** Returns a copy of the values, without their history, in the current scope. */
  public Tensor copy() {
    Array a = Array.empty(dtype(), shape());
    Backends.current().elementwise().copy(value, a);
    return new Tensor(a);
  }

  /** Returns the values in another type. */
  public Tensor to(DType dtype) {
    return ElementwiseOps.cast(this, dtype);
  }

  // ---- arithmetic

  /** Returns the sum. */
  public Tensor add(Tensor other) {
    return ElementwiseOps.add(this, other);
  }

  /** Returns the sum. */
  public Tensor add(double number) {
    return ElementwiseOps.add(this, number);
  }

  /** Returns the difference. */
  public Tensor sub(Tensor other) {
    return ElementwiseOps.sub(this, other);
  }

  /** Returns the difference. */
  public Tensor sub(double number) {
    return ElementwiseOps.add(this, -number);
  }

  /** Returns the product. */
  public Tensor mul(Tensor other) {
    return ElementwiseOps.mul(this, other);
  }

  /** Returns the product. */
  public Tensor mul(double number) {
    return ElementwiseOps.mul(this, number);
  }

  /** Returns the quotient. */
  public Tensor div(Tensor other) {
    return ElementwiseOps.div(this, other);
  }

  /** Returns the quotient. */
  public Tensor div(double number) {
    return ElementwiseOps.div(this, number);
  }

  /** Returns the power. */
  public Tensor pow(double exponent) {
    return ElementwiseOps.pow(this, exponent);
  }

  /** Returns the larger of each pair; where equal the gradient is halved, as PyTorch's. */
  public Tensor maximum(Tensor other) {
    return ElementwiseOps.extreme(this, other, Binary.MAX);
  }

  /** Returns the smaller of each pair; where equal the gradient is halved, as PyTorch's. */
  public Tensor minimum(Tensor other) {
    return ElementwiseOps.extreme(this, other, Binary.MIN);
  }

  /** Returns the values cut to the interval; the gradient outside is zero. */
  public Tensor clamp(double low, double high) {
    return ElementwiseOps.clamp(this, low, high);
  }

  /** Returns the BOOL tensor of a comparison ({@code EQ} to {@code GE}) or {@code AND, OR}. */
  public Tensor compare(Binary op, Tensor other) {
    return new Tensor(Backends.current().elementwise().binary(op, value, other.value));
  }

  /** Returns the BOOL tensor of a comparison with a number. */
  public Tensor compare(Binary op, double number) {
    return new Tensor(Backends.current().elementwise().binary(op, value, number));
  }

  /** Returns where the elements are equal. */
  public Tensor eq(Tensor other) {
    return compare(Binary.EQ, other);
  }

  /** Returns the function of every element; all but SIGN, FLOOR, CEIL, ROUND have gradients. */
  public Tensor apply(Unary op) {
    return ElementwiseOps.unary(op, this);
  }

  /** Returns the negated values. */
  public Tensor neg() {
    return apply(Unary.NEG);
  }

  /** Returns the absolute values. */
  public Tensor abs() {
    return apply(Unary.ABS);
  }

  /** Returns e to the power of each element. */
  public Tensor exp() {
    return apply(Unary.EXP);
  }

  /** Returns the natural logarithms. */
  public Tensor log() {
    return apply(Unary.LOG);
  }

  /** Returns the square roots. */
  public Tensor sqrt() {
    return apply(Unary.SQRT);
  }

  /** Returns the squares. */
  public Tensor square() {
    return apply(Unary.SQUARE);
  }

  /** Returns the hyperbolic tangents. */
  public Tensor tanh() {
    return apply(Unary.TANH);
  }

  /** Returns {@code 1 / (1 + exp(-x))}. */
  public Tensor sigmoid() {
    return apply(Unary.SIGMOID);
  }

  /** Returns {@code max(x, 0)}. */
  public Tensor relu() {
    return apply(Unary.RELU);
  }

  // ---- products

  /** Returns the matrix product of the last two axes; leading axes broadcast. */
  public Tensor matmul(Tensor other) {
    return MatmulOps.matmul(this, other);
  }

  // ---- reductions

  /** Returns the sum along the axes, or of all elements. */
  public Tensor sum(int... axes) {
    return ReduceOps.sum(this, false, axes);
  }

  /** Returns the mean along the axes, or of all elements. */
  public Tensor mean(int... axes) {
    return ReduceOps.mean(this, false, axes);
  }

  /** Returns the largest element along the axes, or of all. */
  public Tensor max(int... axes) {
    return ReduceOps.extreme(this, Reduction.MAX, false, axes);
  }

  /** Returns the smallest element along the axes, or of all. */
  public Tensor min(int... axes) {
    return ReduceOps.extreme(this, Reduction.MIN, false, axes);
  }

  /** Returns the reduction with the axes kept at size 1. */
  public Tensor reduceKeep(Reduction op, int... axes) {
    return ReduceOps.reduce(this, op, true, axes);
  }

  /** Returns the variance along the axes, divided by {@code n - correction}. */
  public Tensor var(int correction, int... axes) {
    return ReduceOps.variance(this, correction, axes);
  }

  /** Returns the INT64 position of the first largest element along the axis. */
  public Tensor argmax(int axis) {
    int a = Shapes.axis(axis, rank());
    return new Tensor(Backends.current().reduce().argMax(value, a));
  }

  // ---- shapes

  /** Returns the same elements in another shape, which may have one -1; shared, not copied. */
  public Tensor reshape(long... shape) {
    return ShapeOps.reshape(this, shape);
  }

  /** Returns the tensor with the axes from {@code first} on joined into one. */
  public Tensor flatten(int first) {
    return ShapeOps.flatten(this, first);
  }

  /** Returns the tensor with its axes in the given order. */
  public Tensor permute(int... axes) {
    return ShapeOps.permute(this, axes);
  }

  /** Returns the tensor with two axes exchanged. */
  public Tensor transpose(int a, int b) {
    return ShapeOps.transpose(this, a, b);
  }

  /** Returns the tensor with an axis of size 1 put before the given one. */
  public Tensor unsqueeze(int axis) {
    return ShapeOps.unsqueeze(this, axis);
  }

  /** Returns the tensor without an axis of size 1. */
  public Tensor squeeze(int axis) {
    return ShapeOps.squeeze(this, axis);
  }

  /** Returns the tensor repeated to a shape it broadcasts to. */
  public Tensor expand(long... shape) {
    return ShapeOps.expand(this, shape);
  }

  /** Returns the elements from {@code from} to before {@code to} along an axis. */
  public Tensor slice(int axis, long from, long to) {
    return ShapeOps.slice(this, axis, from, to, 1);
  }

  /** Returns every {@code step}-th element along an axis. */
  public Tensor slice(int axis, long from, long to, long step) {
    return ShapeOps.slice(this, axis, from, to, step);
  }

  /** Returns the slice at one position along an axis, which vanishes. */
  public Tensor select(int axis, long position) {
    return ShapeOps.select(this, axis, position);
  }

  /** Returns the slices of an axis that INT64 indices of any shape name. */
  public Tensor indexSelect(int axis, Tensor indices) {
    return IndexOps.indexSelect(this, axis, indices);
  }

  /** Returns the elements that the indices name along an axis, as PyTorch's gather. */
  public Tensor gather(int axis, Tensor indices) {
    return IndexOps.gather(this, axis, indices);
  }

  /** Returns the tensor with cells added; per axis the numbers before and after. */
  public Tensor pad(PadMode mode, double value, long[]... amounts) {
    return ShapeOps.pad(this, mode, value, amounts);
  }

  /** Returns the tensor with the elements along the axes in reverse order. */
  public Tensor flip(int... axes) {
    return ShapeOps.flip(this, axes);
  }

  /** Lets the tensor outlive the scope. */
  public Tensor keepIn(Scope scope) {
    scope.keep(value);
    return this;
  }

  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
