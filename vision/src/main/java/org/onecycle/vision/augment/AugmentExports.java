package org.onecycle.vision.augment;

import java.util.List;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.vision.image.PadMode;

/** What augmentation does to new pictures: it brings them to a size, and changes nothing else. */
public final class AugmentExports implements ExportProvider {
  static final String NAME = "vision.augment";

  /** Made by the service loader. */
  public AugmentExports() {}

  @Override
  public void register() {
    Exports.register(
        NAME,
        s ->
            new Augment(
                List.of(),
                new SampleOptions(
                    s.path("height").asInt(),
                    s.path("width").asInt(),
                    Mode.valueOf(s.path("mode").asText()),
                    PadMode.valueOf(s.path("pad_mode").asText()),
                    s.path("align_corners").asBoolean()),
                false));
  }
}
