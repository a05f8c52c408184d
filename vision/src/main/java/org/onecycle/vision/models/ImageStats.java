package org.onecycle.vision.models;

import java.util.List;

/**
 * The mean and the deviation of the pictures a network was trained on, by channel, of values from 0
 * to 1.
 */
public record ImageStats(List<Double> mean, List<Double> std) {
  /** ImageNet's, for red, green and blue. */
  public static final ImageStats IMAGENET =
      new ImageStats(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Copies the lists. */
  public ImageStats {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
