package org.onecycle.vision.models;

import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.nn.Init;

/** The architectures by name. */
public final class ModelExports implements ExportProvider {
  static final String RESNET = "vision.resnet";

  /** Made by the service loader. */
  public ModelExports() {}

  @Override
  public void register() {
    Exports.register(
        RESNET,
        s ->
            Arch.of(s.path("arch").asText())
                .model(
                    Init.rng(),
                    new ResNetOptions(
                        s.path("num_classes").asInt(), s.path("stride_in_1x1").asBoolean())));
  }
}
