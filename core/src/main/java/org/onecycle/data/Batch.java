package org.onecycle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.onecycle.tensor.Tensor;

/** The tensors of some samples: inputs and targets {@code [N, ...]}; immutable. */
public final class Batch {
  private final Tensor[] tensors;
  private final int nInp;
  private final List<Member> members;
  private final int[] indices;

  Batch(Tensor[] tensors, int nInp, List<Member> members, int[] indices) {
    this.tensors = tensors;
    this.nInp = nInp;
    this.members = members;
    this.indices = indices;
  }

  /** A batch of tensors made by hand; the items are numbered from 0. */
  public static Batch of(Tensor[] inputs, Tensor[] targets) {
    if (inputs.length == 0 || inputs[0].shape().length == 0) {
      throw new IllegalArgumentException("a batch expects an input of shape [N, ...]");
    }
    Tensor[] all = Arrays.copyOf(inputs, inputs.length + targets.length);
    System.arraycopy(targets, 0, all, inputs.length, targets.length);
    int[] indices = new int[(int) inputs[0].shape()[0]];
    Arrays.setAll(indices, i -> i);
    return new Batch(all, inputs.length, List.of(), indices);
  }

  /** A batch of one input and one target. */
  public static Batch of(Tensor input, Tensor target) {
    return of(new Tensor[] {input}, new Tensor[] {target});
  }

  /** Returns the number of samples. */
  public int size() {
    return indices.length;
  }

  /** Returns the inputs. */
  public Tensor[] inputs() {
    return Arrays.copyOfRange(tensors, 0, nInp);
  }

  /** Returns the targets; none for test items without labels. */
  public Tensor[] targets() {
    return Arrays.copyOfRange(tensors, nInp, tensors.length);
  }

  /** Returns an input. */
  public Tensor input(int i) {
    return inputs()[i];
  }

  /** Returns a target. */
  public Tensor target(int i) {
    return targets()[i];
  }

  /** Returns the index in the data set of each item. */
  public int[] indices() {
    return indices.clone();
  }

  /** Returns what the tensors hold, inputs first; empty for a batch made by hand. */
  public List<Member> members() {
    return members;
  }

  /** This batch with other inputs; as many keep their kind. */
  public Batch withInputs(Tensor... inputs) {
    return with(inputs, targets());
  }

  /** This batch with other targets, such as predictions; as many keep their kind. */
  public Batch withTargets(Tensor... targets) {
    return with(inputs(), targets);
  }

  /** This batch with other targets, such as predictions, whose kinds are known. */
  public Batch withTargets(List<Member> kinds, Tensor... targets) {
    Batch other = with(inputs(), targets);
    List<Member> all = new ArrayList<>(members.subList(0, Math.min(nInp, members.size())));
    all.addAll(kinds);
    return new Batch(other.tensors, nInp, List.copyOf(all), indices);
  }

  private Batch with(Tensor[] inputs, Tensor[] targets) {
    Tensor[] all = Arrays.copyOf(inputs, inputs.length + targets.length);
    System.arraycopy(targets, 0, all, inputs.length, targets.length);
    boolean same = inputs.length == nInp && all.length == tensors.length;
    return new Batch(all, inputs.length, same ? members : List.of(), indices);
  }

  /** Returns this batch with a step applied to the tensors whose items have a type. */
  public Batch map(Class<?> type, UnaryOperator<Tensor> step) {
    Tensor[] mapped = tensors.clone();
    for (int m = 0; m < members.size(); m++) {
      if (type.isAssignableFrom(members.get(m).type())) {
        mapped[m] = step.apply(mapped[m]);
      }
    }
    return new Batch(mapped, nInp, members, indices);
  }

  /**
   * Takes the batch apart into samples of the members' kinds.
   *
   * @throws IllegalStateException if the batch was made by hand, so that the kinds are not known
   */
  public List<Sample> samples(int max) {
    if (members.size() != tensors.length) {
      throw new IllegalStateException("the kinds of this batch's members are not known");
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < Math.min(max, size()); i++) {
      Object[] values = new Object[tensors.length];
      for (int m = 0; m < values.length; m++) {
        values[m] = members.get(m).restore(row(tensors[m], i));
      }
      samples.add(new Sample(Arrays.asList(values), nInp));
    }
    return Collections.unmodifiableList(samples);
  }

  private static Tensor row(Tensor batch, int i) {
    long[] shape = batch.shape();
    return batch.slice(0, i, i + 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
  }

  @Override
  public String toString() {
    return "Batch of %d: inputs %s, targets %s"
        .formatted(size(), shapes(inputs()), shapes(targets()));
  }

  private static String shapes(Tensor... tensors) {
    return Arrays.stream(tensors)
        .map(t -> Arrays.toString(t.shape()) + " " + t.dtype())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
