package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TorchRandomTest {
  @Test
  void permutationsAreTorchs() {
    // torch.manual_seed(42); torch.randperm(n)
    assertArrayEquals(
        new int[] {2, 6, 1, 8, 4, 5, 0, 9, 3, 7}, new TorchRandom(42).permutation(10));
    int[] rows = new TorchRandom(42).permutation(32_561);
    assertArrayEquals(
        new int[] {26459, 14308, 30129, 7933, 23325, 4624, 24726, 19755}, Arrays.copyOf(rows, 8));
    assertEquals(30_968, rows[32_560]);
  }
}
