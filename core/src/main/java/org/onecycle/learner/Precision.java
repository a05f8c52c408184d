package org.onecycle.learner;

import org.onecycle.array.DType;
import org.onecycle.backend.Backends;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.ConvTranspose2d;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.LSTM;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/**
 * The type in which a model computes.
 *
 * <p>Mixed precision (Micikevicius et al., 2018, with BFLOAT16 as Kalamkar et al., 2019) needs no
 * second set of weights here: activations have the type of the input, layers round their FLOAT
 * weights as they use them, and gradients of weights are FLOAT.
 */
final class Precision {
  private boolean bf16;

  /**
   * Switches to BFLOAT16 and back.
   *
   * @throws IllegalStateException if BFLOAT16 would be slower, for this processor or this model
   */
  void bf16(boolean on, Module model) {
    String obstacle = on ? obstacle(model) : null;
    if (obstacle != null) {
      throw new IllegalStateException("toBf16() would be slower than FLOAT: " + obstacle);
    }
    bf16 = on;
  }

  private static String obstacle(Module model) {
    boolean convolves = false;
    for (Module m : model.namedModules().values()) {
      if (m instanceof Embedding || m instanceof LSTM) {
        return "the model has an "
            + m.getClass().getSimpleName()
            + ", which computes in FLOAT, and what follows it too";
      }
      convolves |= m instanceof Conv2d || m instanceof ConvTranspose2d;
    }
    return convolves
        ? Backends.bf16Obstacle()
        : "the model has no convolutions, and smaller products do not gain";
  }

  /** Returns the model's FLOAT result, whatever it computes in. */
  Tensor call(Module model, Tensor... inputs) {
    if (!bf16) {
      return model.call(inputs);
    }
    Tensor[] narrow = inputs.clone();
    for (int i = 0; i < narrow.length; i++) {
      if (narrow[i].dtype() == DType.FLOAT) {
        narrow[i] = narrow[i].to(DType.BFLOAT16);
      }
    }
    return model.call(narrow).to(DType.FLOAT);
  }
}
