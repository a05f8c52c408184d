package org.onecycle.vision.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.nn.Layer;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * A body that also gives what some of its children made on the way: the skips of a U-Net.
 *
 * <p>Its children are those of the body, shared and under the same names.
 */
public final class TappedEncoder extends Layer {
  private final Sequential body;
  private final List<Integer> taps;

  /**
   * What an encoder made of pictures.
   *
   * @param out the last child's output
   * @param skips the outputs of the tapped children, the first child's first
   */
  public record Taps(Tensor out, List<Tensor> skips) {}

  /**
   * Taps the children at these positions.
   *
   * @throws IllegalArgumentException if a position is not one of a child, or they do not rise
   */
  public TappedEncoder(Sequential body, List<Integer> taps) {
    this.body = body;
    this.taps = List.copyOf(taps);
    int before = -1;
    for (int t : taps) {
      if (t <= before || t >= body.size()) {
        throw new IllegalArgumentException(
            "A body of %d children cannot be tapped at %s".formatted(body.size(), taps));
      }
      before = t;
    }
    for (int i = 0; i < body.size(); i++) {
      add(Integer.toString(i), body.get(i));
    }
  }

  /** Returns the body. */
  public Sequential body() {
    return body;
  }

  /** Returns the positions of the tapped children, rising. */
  public List<Integer> taps() {
    return taps;
  }

  /** Runs the body; without gradients, what is neither tapped nor last is given back at once. */
  public Taps run(Tensor x) {
    List<Tensor> skips = new ArrayList<>();
    boolean frees =
        !NoGrad.gradEnabled() && children().values().stream().noneMatch(Module::hasHooks);
    Tensor y = x;
    boolean mine = false;
    for (int i = 0; i < body.size(); i++) {
      Tensor next = body.get(i).call(y);
      boolean shared = next.value().sharesStorage(y.value());
      if (frees && mine && !shared && y.value().inScope()) {
        y.value().release();
      }
      boolean tapped = taps.contains(i);
      if (tapped) {
        skips.add(next);
      }
      mine = !tapped && !next.value().sharesStorage(x.value()) && (mine || !shared);
      y = next;
    }
    return new Taps(y, skips);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return body.call(x);
  }

  /**
   * Returns the shape that each child of a body gives for an empty picture, in evaluation mode.
   *
   * @throws IllegalArgumentException if the body does not take pictures of this size
   */
  static List<long[]> shapes(Sequential body, int h, int w) {
    List<long[]> out = new ArrayList<>();
    Map<Module, Boolean> modes = new LinkedHashMap<>();
    body.namedModules().values().forEach(m -> modes.put(m, m.isTraining()));
    DType dtype =
        body.parameters().stream().map(p -> p.tensor().dtype()).findFirst().orElse(DType.FLOAT);
    body.eval();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor x = Tensor.full(0, dtype, 1, ModelInfo.inChannels(body), h, w);
      for (Module child : body) {
        x = child.call(x);
        if (x.rank() != 4) {
          throw new IllegalArgumentException(
              "A U-Net's encoder expects children that give [N, C, H, W], got %s of %s"
                  .formatted(Arrays.toString(x.shape()), child.kind()));
        }
        out.add(x.shape());
      }
    } finally {
      modes.forEach(Module::train);
    }
    return out;
  }

  /**
   * Returns the positions after which the height or the width, the last two axes, changes, rising.
   */
  static List<Integer> sizeChanges(List<long[]> shapes) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i + 1 < shapes.size(); i++) {
      long[] a = shapes.get(i);
      long[] b = shapes.get(i + 1);
      boolean same = a[a.length - 1] == b[b.length - 1] && a[a.length - 2] == b[b.length - 2];
      if (!same) {
        out.add(i);
      }
    }
    return out;
  }
}
