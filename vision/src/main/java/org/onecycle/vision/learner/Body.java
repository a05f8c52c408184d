package org.onecycle.vision.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Init;
import org.onecycle.nn.Initializer;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Tensor;

/** Cuts a model's body off and fits its first convolution to other pictures. */
final class Body {
  private Body() {}

  static Sequential cut(Module model, Integer cut) {
    List<Module> children = new ArrayList<>(model.children().values());
    int n = children.size();
    int end = cut == null ? lastPool(model, children) : cut < 0 ? n + cut : cut;
    if (end < 0 || end > n) {
      throw new IllegalArgumentException(
          "A %s of %d children cannot be cut at %d".formatted(model.kind(), n, cut));
    }
    return new Sequential(children.subList(0, end));
  }

  private static int lastPool(Module model, List<Module> children) {
    for (int i = children.size() - 1; i >= 0; i--) {
      if (ModelInfo.hasPool(children.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "There is no pooling layer in this %s to cut it at: name the cut".formatted(model.kind()));
  }

  /** Gives the first convolution {@code nIn} channels, with weights made from those for three. */
  static void fitChannels(Module model, int nIn, boolean pretrained) {
    Conv2d first = firstConv(model);
    if (first.inChannels() == nIn) {
      return;
    }
    try (Scope s = Scope.open()) {
      Tensor old = first.weight().tensor().detach();
      if (first.inChannels() != 3 || first.options().spec().groups() != 1) {
        throw new IllegalArgumentException(
            "Only a first convolution of 3 channels can be fitted to %d, got %s"
                .formatted(nIn, first));
      }
      first.replaceWeight(pretrained ? adapted(old, nIn) : fresh(first, nIn));
    }
  }

  private static Tensor fresh(Conv2d conv, int nIn) {
    long[] shape = conv.weight().shape();
    shape[1] = nIn;
    Initializer rule = conv.options().init();
    return rule.draw(Init.rng(), shape).to(conv.weight().tensor().dtype());
  }

  private static Tensor adapted(Tensor old, int nIn) {
    long[] shape = old.shape();
    if (nIn == 1) {
      shape[1] = 1;
      return old.sum(1).reshape(shape);
    }
    if (nIn == 2) {
      return old.slice(1, 0, 2).mul(1.5);
    }
    shape[1] = nIn - 3;
    return Tensor.cat(1, old, Tensor.full(0, old.dtype(), shape));
  }

  /** The module of the model's first parameter. */
  private static Conv2d firstConv(Module model) {
    for (Module m : model.namedModules().values()) {
      if (!m.ownParameters().isEmpty()) {
        if (m instanceof Conv2d conv) {
          return conv;
        }
        throw new IllegalArgumentException(
            "The first layer expects to be a Conv2d to fit other channels, got "
                + m.kind()
                + " "
                + Arrays.toString(m.parameters().get(0).shape()));
      }
    }
    throw new IllegalArgumentException("This %s has no parameters".formatted(model.kind()));
  }
}
