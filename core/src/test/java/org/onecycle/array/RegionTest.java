package org.onecycle.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static final long KIB = 1024;
  private final Region region = Region.of(1024 * KIB);
  private final List<Block> taken = new ArrayList<>();

  @AfterEach
  void release() {
    taken.forEach(b -> region.give(b, 0));
    region.release();
  }

  private Block take(long size) {
    Block b = region.take(size);
    if (b != null) {
      taken.add(b);
    }
    return b;
  }

  private void give(Block b) {
    taken.remove(b);
    region.give(b, 0);
  }

  private static long address(Block b) {
    return b.pointer().address();
  }

  @Test
  void theLowestAddressThatFitsIsTaken() {
    Block a = take(100 * KIB);
    Block b = take(50 * KIB);
    assertEquals(address(a) + 100 * KIB, address(b));
    assertEquals(0, address(a) % Region.ALIGNMENT);
    give(a);
    assertEquals(address(a), address(take(60 * KIB)));
    assertEquals(address(a) + 60 * KIB, address(take(40 * KIB)));
  }

  @Test
  void whatIsGivenBackGrowsTogether() {
    Block a = take(400 * KIB);
    Block b = take(200 * KIB);
    Block c = take(424 * KIB);
    assertNull(take(64), "it is full");
    give(a);
    give(c);
    assertNull(take(425 * KIB), "two parts");
    give(b);
    assertEquals(1024 * KIB, region.free());
    assertNotNull(take(1024 * KIB), "one part");
  }

  @Test
  void aBlockOfTheSameSizeAtTheSamePlaceIsTheSameWithItsViews() {
    Block a = take(100 * KIB);
    give(a);
    assertSame(a, take(100 * KIB));
    give(a);
    Block smaller = take(50 * KIB);
    assertEquals(50 * KIB, smaller.bytes);
    assertEquals(address(a), address(smaller));
  }

  @Test
  void onlyAnIdleRegionGoesBack() {
    Block a = take(64);
    assertFalse(region.isIdle(Long.MAX_VALUE));
    assertThrows(IllegalStateException.class, region::release);
    assertThrows(IllegalStateException.class, a::free);
    taken.clear();
    region.give(a, 5);
    assertFalse(region.isIdle(5));
    assertTrue(region.isIdle(6));
  }

  @Test
  void blocksNeverOverlapAndAllOfItComesBack() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) > 0) {
        Block b = take(64L * (1 + random.nextInt(1000)));
        for (Block other : taken) {
          if (b != null && b != other) {
            assertTrue(
                address(b) + b.bytes <= address(other)
                    || address(other) + other.bytes <= address(b));
          }
        }
      } else if (!taken.isEmpty()) {
        give(taken.get(random.nextInt(taken.size())));
      }
    }
    assertTrue(taken.size() > 10);
    List.copyOf(taken).forEach(this::give);
    assertNotNull(take(1024 * KIB));
  }
}
