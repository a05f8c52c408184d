package org.onecycle.vision.models;

import java.util.List;
import java.util.function.Function;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;

/**
 * What transfer learning needs to know of an architecture.
 *
 * @param cut how many children become the body; negative counts from the end
 * @param splitter from a model of body and head to its parameter groups, the earliest layers first
 * @param stats the statistics of the pictures its weights were trained on
 */
public record ModelMeta(
    int cut, Function<Module, List<List<Parameter>>> splitter, ImageStats stats) {
  private static final int RESNET_SPLIT = 6;

  /** Returns a ResNet's: cut before the pooling, groups body[:6], body[6:], head. */
  static ModelMeta resnet() {
    return new ModelMeta(-2, ModelMeta::resnetSplit, ImageStats.IMAGENET);
  }

  /** Returns the two groups of any model of body and head. */
  public static List<List<Parameter>> bodyAndHead(Module model) {
    Sequential s = chain(model);
    return List.of(s.get(0).parameters(), s.slice(1, s.size()).parameters());
  }

  /** Returns the three groups of a ResNet with a head: body[:6], body[6:] and the head. */
  public static List<List<Parameter>> resnetSplit(Module model) {
    Sequential s = chain(model);
    Sequential body = chain(s.get(0));
    return List.of(
        body.slice(0, RESNET_SPLIT).parameters(),
        body.slice(RESNET_SPLIT, body.size()).parameters(),
        s.slice(1, s.size()).parameters());
  }

  @Override
  public String toString() {
    // A function has no text of its own.
    return "ModelMeta[cut=%d, stats=%s]".formatted(cut, stats);
  }

  private static Sequential chain(Module m) {
    if (m instanceof Sequential s) {
      return s;
    }
    throw new IllegalArgumentException(
        "This splitter expects a Sequential of body and head, got a " + m.kind());
  }
}
