package org.onecycle.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.onecycle.data.ItemReader;
import org.onecycle.data.Pipeline;
import org.onecycle.data.PipelineReader;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.Module;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.models.ResNet;

/**
 * How a program that only predicts makes the Siamese model again: what one does for a model of
 * one's own. The file names this class's factory by {@link #MODEL}; the service file next to the
 * classes names this class.
 */
public final class SiameseExports implements ExportProvider {
  private static final String MODEL = "examples.siamese";

  /** Made by the service loader. */
  public SiameseExports() {}

  @Override
  public void register() {
    Exports.register(MODEL, SiameseExports::model);
  }

  /** Returns the settings of {@link #model}: the encoder's network and the channels it gives. */
  static Spec spec(ResNet network, int channels) {
    ObjectNode settings = Spec.object().put("channels", channels);
    settings.set("network", network.spec().toJson());
    return new Spec(MODEL, settings);
  }

  private static SiameseModel model(JsonNode settings) {
    Module network = Json.piece(settings, "network", Module.class);
    return SiameseModel.of(network, settings.path("channels").asInt());
  }

  /** Reads pairs of photos, each a {@code Sample.of(first, second)} of two files. */
  static ItemReader reader(int size) {
    Pipeline photo = Pipeline.of(new OpenImage(), new Resize(size));
    return new PipelineReader(
        List.of(photo, photo), List.of(Normalize.imagenet()), List.of("different", "same"));
  }
}
