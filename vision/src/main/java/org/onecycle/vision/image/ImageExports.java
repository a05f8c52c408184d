package org.onecycle.vision.image;

import com.fasterxml.jackson.databind.JsonNode;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;

/** The transforms of pictures and masks by name. */
public final class ImageExports implements ExportProvider {
  /** Made by the service loader. */
  public ImageExports() {}

  @Override
  public void register() {
    Exports.register(
        "vision.open_image",
        s -> s.has("wanted") ? new OpenImage(s.get("wanted").asInt()) : new OpenImage());
    Exports.register("vision.open_mask", s -> new OpenMask(Json.texts(s, "codes")));
    Exports.register(
        "vision.resize",
        s ->
            new Resize(
                height(s),
                width(s),
                ResizeMethod.valueOf(s.path("method").asText()),
                PadMode.valueOf(s.path("pad_mode").asText())));
    Exports.register(
        "vision.crop_pad",
        s -> new CropPad(height(s), width(s), PadMode.valueOf(s.path("pad_mode").asText())));
    Exports.register("vision.random_crop", s -> new RandomCrop(height(s), width(s)));
    Exports.register(
        "vision.random_resized_crop",
        s ->
            new RandomResizedCrop(
                height(s),
                width(s),
                s.path("min_scale").asDouble(),
                s.path("max_scale").asDouble(),
                s.path("min_ratio").asDouble(),
                s.path("max_ratio").asDouble(),
                s.path("val_xtra").asDouble()));
    Exports.register("vision.flip_item", s -> new FlipItem(s.path("p").asDouble()));
    Exports.register(
        "vision.normalize",
        s -> Normalize.fromStats(Json.numbers(s, "mean"), Json.numbers(s, "std")));
    Exports.register("vision.image", s -> new Image(1, 1, 1, new byte[1]));
    Exports.register("vision.mask", s -> new Mask(1, 1, new byte[1], null));
  }

  private static int height(JsonNode s) {
    return s.path("height").asInt();
  }

  private static int width(JsonNode s) {
    return s.path("width").asInt();
  }
}
