package org.onecycle.vision.models;

import java.util.Arrays;
import java.util.Locale;
import org.onecycle.nn.Init;
import org.onecycle.tensor.Rng;

/** The architectures that are known by name. */
public enum Arch {
  /** 18 layers, 11.7 million parameters. */
  RESNET18(false, 2, 2, 2, 2),
  /** 34 layers, 21.8 million parameters. */
  RESNET34(false, 3, 4, 6, 3),
  /** 50 layers, 25.6 million parameters. */
  RESNET50(true, 3, 4, 6, 3),
  /** 101 layers, 44.5 million parameters. */
  RESNET101(true, 3, 4, 23, 3),
  /** 152 layers, 60.2 million parameters. */
  RESNET152(true, 3, 8, 36, 3);

  private final boolean bottleneck;
  private final int[] blocks;

  Arch(boolean bottleneck, int... blocks) {
    this.bottleneck = bottleneck;
    this.blocks = blocks;
  }

  /**
   * Returns the architecture of this name, for example {@code resnet34}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Arch of(String name) {
    for (Arch a : values()) {
      if (a.id().equalsIgnoreCase(name)) {
        return a;
      }
    }
    throw new IllegalArgumentException(
        "No architecture is called %s; there are %s"
            .formatted(name, String.join(", ", Arrays.stream(values()).map(Arch::id).toList())));
  }

  /** Returns torchvision's name, for example {@code resnet34}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes a network for 1000 classes with first values from this generator. */
  public ResNet model(Rng rng) {
    return model(rng, ResNetOptions.DEFAULT);
  }

  /** Makes a network with first values from this generator. */
  public ResNet model(Rng rng, ResNetOptions options) {
    return Init.with(rng, () -> new ResNet(id(), bottleneck, blocks, options));
  }

  /** Returns what transfer learning needs to know. */
  public ModelMeta meta() {
    return ModelMeta.resnet();
  }

  /** Returns the number of channels the body gives. */
  public int numFeatures() {
    return bottleneck ? 2048 : 512;
  }
}
