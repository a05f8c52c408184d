package org.onecycle.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashRuleTest {
  @Test
  void theThreeGivenValues() {
    float[] got = HashRule.parameter("resnet18/conv1.weight", false, 64, 3, 7, 7);
    assertEquals(64 * 147, got.length);
    assertArrayEquals(
        new float[] {0.090932235f, -0.060996678f, -6.1582564E-4f}, Arrays.copyOf(got, 3), 0f);
  }

  @Test
  void vectorsAreScaledByATenth() {
    for (float v : HashRule.parameter("resnet18/bn1.weight", true, 64)) {
      assertTrue(v >= .9f && v < 1.1f, () -> "got " + v);
    }
    for (float v : HashRule.parameter("resnet18/bn1.bias", false, 64)) {
      assertTrue(v >= -.1f && v < .1f, () -> "got " + v);
    }
  }

  @Test
  void integersCoverTheirRange() {
    long[] got = HashRule.ints("unet18/y", 4, 2, 8, 8);
    assertArrayEquals(new long[] {0, 1, 2, 3}, Arrays.stream(got).distinct().sorted().toArray());
  }
}
