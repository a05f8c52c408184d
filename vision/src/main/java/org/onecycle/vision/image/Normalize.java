package org.onecycle.vision.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.onecycle.data.Batch;
import org.onecycle.data.BatchTransform;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Split;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Brings pictures {@code [N, C, H, W]} to mean 0 and deviation 1 in each channel: {@code (x - mean)
 * / std}; decodes back to 0 to 1 (fastai's {@code Normalize}).
 */
public final class Normalize implements BatchTransform, Exportable {
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_STD = {0.229, 0.224, 0.225};

  private final boolean given;
  private volatile float[] mean;
  private volatile float[] std;

  /** With the statistics of the first training batch. */
  public Normalize() {
    this.given = false;
  }

  private Normalize(double[] mean, double[] std) {
    this.given = true;
    this.mean = floats(mean);
    this.std = floats(std);
  }

  /** With the statistics of ImageNet, as the pretrained networks expect. */
  public static Normalize imagenet() {
    return new Normalize(IMAGENET_MEAN, IMAGENET_STD);
  }

  /**
   * With these statistics, one number for each channel.
   *
   * @throws IllegalArgumentException if their lengths differ or a deviation is not above 0
   */
  public static Normalize fromStats(double[] mean, double[] std) {
    if (mean.length != std.length
        || mean.length == 0
        || Arrays.stream(std).anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "Normalize expects a mean and a deviation above 0 for each channel, got %s and %s"
              .formatted(Arrays.toString(mean), Arrays.toString(std)));
    }
    return new Normalize(mean, std);
  }

  @Override
  public void setup(DataLoader train) {
    if (mean == null) {
      learn(train.oneBatch());
    }
  }

  @Override
  public Normalize fresh() {
    return given ? this : new Normalize();
  }

  /** Takes the statistics of the batch's first pictures. */
  void learn(Batch batch) {
    batch.map(
        Image.class,
        x -> {
          if (mean == null) {
            learn(x);
          }
          return x;
        });
    if (mean == null) {
      throw new IllegalArgumentException("Normalize expects pictures in the batch, found none");
    }
  }

  private void learn(Tensor pictures) {
    float[] deviation = pictures.var(1, 0, 2, 3).sqrt().toFloats();
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] += 1e-7f;
    }
    std = deviation;
    mean = pictures.mean(0, 2, 3).toFloats();
  }

  /** Returns the mean of each channel; null before it is learnt. */
  public float[] mean() {
    return mean == null ? null : mean.clone();
  }

  /** Returns the deviation of each channel; null before it is learnt. */
  public float[] std() {
    return std == null ? null : std.clone();
  }

  @Override
  public Batch encode(Batch batch, Split split, Rng rng) {
    return batch.map(Image.class, this::encode);
  }

  @Override
  public Batch decode(Batch batch) {
    return batch.map(Image.class, this::decode);
  }

  /** Returns normalised pictures. */
  public Tensor encode(Tensor pictures) {
    return pictures.sub(channels(mean, pictures)).div(channels(std, pictures));
  }

  /** Returns pictures from 0 to 1 again. */
  public Tensor decode(Tensor pictures) {
    return pictures.mul(channels(std, pictures)).add(channels(mean, pictures));
  }

  private static Tensor channels(float[] values, Tensor pictures) {
    if (values == null) {
      throw new IllegalStateException("Normalize has not seen a batch yet: call setup first");
    }
    long[] shape = pictures.shape();
    boolean fits = shape.length == 4 && (values.length == 1 || shape[1] == values.length);
    if (!fits) {
      throw new IllegalArgumentException(
          "Normalize expects pictures [N, %d, H, W], got %s"
              .formatted(values.length, Arrays.toString(shape)));
    }
    return Tensor.of(values, 1, values.length, 1, 1);
  }

  @Override
  public Spec spec() {
    if (mean == null) {
      throw new IllegalArgumentException(
          "Normalize cannot be exported before it has its statistics: it has not seen a batch");
    }
    ObjectNode settings = Spec.object();
    settings.set("mean", Json.numbers(doubles(mean)));
    settings.set("std", Json.numbers(doubles(std)));
    return new Spec("vision.normalize", settings);
  }

  private static double[] doubles(float... values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** After every augmentation. */
  @Override
  public int order() {
    return 99;
  }

  private static float[] floats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }
}
