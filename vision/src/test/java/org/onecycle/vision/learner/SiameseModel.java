package org.onecycle.vision.learner;

import java.util.List;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;

/**
 * Says of two pictures whether they show the same: one encoder sees both, a head compares what it
 * found.
 *
 * <p>From two {@code [N, 3, H, W]} to {@code [N, 2]}: the encodings {@code [N, nf, h, w]} meet
 * along axis 1, so the head takes {@code 2 nf} channels.
 */
final class SiameseModel extends Module {
  private final Module encoder;
  private final Module head;

  /** Makes a model of these parts. */
  SiameseModel(Module encoder, Module head) {
    this.encoder = add("encoder", encoder);
    this.head = add("head", head);
  }

  @Override
  public Tensor forward(Tensor... pictures) {
    if (pictures.length != 2) {
      throw new IllegalArgumentException(
          "SiameseModel expects two pictures, got " + pictures.length);
    }
    return head.call(Tensor.cat(1, encoder.call(pictures[0]), encoder.call(pictures[1])));
  }

  /** Returns two groups: the encoder's parameters and the head's. */
  static List<List<Parameter>> splitter(Module model) {
    if (model instanceof SiameseModel s) {
      return List.of(s.encoder.parameters(), s.head.parameters());
    }
    throw new IllegalArgumentException("Expected a SiameseModel, got a " + model.kind());
  }
}
