package org.onecycle.vision.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.HasVocab;
import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Reads the masks that a sample's paths name (fastai's {@code PILMask.create}) and checks them
 * against the classes.
 *
 * @param codes the classes' names, in the order of their numbers
 */
public record OpenMask(List<String> codes) implements Transform<Path, Mask>, HasVocab, Exportable {
  private static final int MOST = 256;

  /** Checks the number of classes. */
  public OpenMask {
    codes = List.copyOf(codes);
    if (codes.isEmpty() || codes.size() > MOST) {
      throw new IllegalArgumentException(
          "OpenMask expects 1 to %d classes, got %d".formatted(MOST, codes.size()));
    }
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    settings.set("codes", Json.texts(codes));
    return new Spec("vision.open_mask", settings);
  }

  @Override
  public Class<Path> accepts() {
    return Path.class;
  }

  @Override
  public Class<Mask> produces() {
    return Mask.class;
  }

  @Override
  public Mask encode(Path file, Split split, Rng rng) {
    return Mask.open(file).check(codes.size());
  }

  @Override
  public List<String> vocab() {
    return codes;
  }
}
