package org.onecycle.examples;

import java.util.List;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;

/** Whether two photos {@code [N, 3, H, W]} show the same: one encoder for both, one head. */
final class SiameseModel extends Module {
  private final Module encoder;
  private final Module head;

  SiameseModel(Module encoder, Module head) {
    this.encoder = add("encoder", encoder);
    this.head = add("head", head);
  }

  /** A model with a new head on a network's body, which gives this many channels. */
  static SiameseModel of(Module network, int channels) {
    return new SiameseModel(
        Vision.createBody(network, -2), Vision.createHead(2 * channels, 2, HeadOptions.ps(0.5)));
  }

  /** Returns the logits {@code [N, 2]} of "different" and "same". */
  @Override
  public Tensor forward(Tensor... x) {
    return head.call(Tensor.cat(1, encoder.call(x[0]), encoder.call(x[1])));
  }

  /** The encoder's parameters and the head's: two groups, which freeze and learn apart. */
  static List<List<Parameter>> splitter(SiameseModel model) {
    return List.of(model.encoder.parameters(), model.head.parameters());
  }
}
