package org.onecycle.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void aClassHoldsItsSizesAndWastesLittle() {
    long before = 0;
    for (int i = 0; i < 16 + 8 * 30; i++) {
      long size = Pool.classBytes(i);
      assertTrue(size > before, "class " + i);
      assertEquals(i, Pool.sizeClass(size));
      assertEquals(i, Pool.sizeClass(before + 1));
      assertTrue(size - before <= Math.max(64, before / 8), "class " + i + " of " + size);
      assertTrue(size % 64 == 0, "class " + i);
      before = size;
    }
    assertEquals(0, Pool.sizeClass(0));
  }
}
