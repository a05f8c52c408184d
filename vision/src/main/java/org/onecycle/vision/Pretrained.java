package org.onecycle.vision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.array.Scope;
import org.onecycle.io.DownloadProgress;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;
import org.onecycle.vision.models.ResNetOptions;

/**
 * Networks with trained weights.
 *
 * <pre>{@code
 * ResNet downloaded = Pretrained.resnet(Arch.RESNET34, DownloadProgress.NONE);
 * ResNet local = Pretrained.resnet(Weights.read(Path.of("resnet50.safetensors")));
 * }</pre>
 *
 * @param arch the architecture that the weights name
 * @param options its variant
 */
public record Pretrained(Arch arch, ResNetOptions options) {
  private static final String STRIDE_IN_1X1 = "stride_in_1x1";
  private static final int STAGES = 4;

  /**
   * A ResNet with torchvision's ImageNet weights, downloaded unless they are in the cache.
   *
   * @throws org.onecycle.io.DownloadException if they cannot be had
   */
  public static ResNet resnet(Arch arch, DownloadProgress progress) {
    return resnet(Weights.read(PretrainedUrls.fetch(arch.id(), progress)));
  }

  /**
   * The ResNet that the weights are of, with them.
   *
   * @throws IllegalArgumentException as {@link #of}, or naming the parameters that do not fit
   */
  public static ResNet resnet(Weights weights) {
    Pretrained found = of(weights);
    ResNet model = found.arch.model(new Rng(0), found.options);
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      weights
          .tensors()
          .forEach(
              (name, stored) -> {
                // Nothing depends on the counter, and some files hold it as [1] instead of [].
                if (!name.endsWith(".num_batches_tracked")) {
                  state.put(name, stored.toTensor());
                }
              });
      model.loadStateDict(state);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(weights.file() + ": " + e.getMessage(), e);
    }
    return model;
  }

  /**
   * Tells the architecture from the names and shapes of torchvision's parameters; {@code
   * stride_in_1x1} in a safetensors file's metadata tells the variant.
   *
   * @throws IllegalArgumentException naming the file, if they are not those of a ResNet
   */
  public static Pretrained of(Weights weights) {
    boolean bottleneck = weights.tensors().containsKey("layer1.0.conv3.weight");
    List<Integer> blocks = new ArrayList<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      int n = 0;
      while (weights.tensors().containsKey("layer%d.%d.conv1.weight".formatted(stage, n))) {
        n++;
      }
      blocks.add(n);
    }
    String shape = (bottleneck ? "bottleneck " : "basic ") + blocks;
    Arch arch =
        switch (shape) {
          case "basic [2, 2, 2, 2]" -> Arch.RESNET18;
          case "basic [3, 4, 6, 3]" -> Arch.RESNET34;
          case "bottleneck [3, 4, 6, 3]" -> Arch.RESNET50;
          case "bottleneck [3, 4, 23, 3]" -> Arch.RESNET101;
          case "bottleneck [3, 8, 36, 3]" -> Arch.RESNET152;
          default ->
              throw new IllegalArgumentException(
                  "%s: expected the weights of a ResNet 18, 34, 50, 101 or 152, got %s"
                      .formatted(weights.file(), describe(weights, blocks, shape)));
        };
    StoredTensor fc = weights.tensors().get("fc.weight");
    if (fc == null || fc.shape().length != 2) {
      throw new IllegalArgumentException(
          "%s: expected the weights of a whole %s, found no matrix fc.weight"
              .formatted(weights.file(), arch.id()));
    }
    boolean strideIn1x1 = Boolean.parseBoolean(weights.metadata().get(STRIDE_IN_1X1));
    return new Pretrained(arch, new ResNetOptions((int) fc.shape()[0], strideIn1x1));
  }

  private static String describe(Weights weights, List<Integer> blocks, String shape) {
    if (blocks.stream().allMatch(n -> n == 0)) {
      List<String> names = weights.tensors().keySet().stream().limit(3).toList();
      return "%d tensors: %s ...".formatted(weights.tensors().size(), String.join(", ", names));
    }
    return shape + " blocks";
  }
}
