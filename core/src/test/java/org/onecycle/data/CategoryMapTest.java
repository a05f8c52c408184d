package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CategoryMapTest {
  private static final List<Integer> VALUES = List.of(4, 2, 3, 4);

  @Test
  @DisplayName("DAT-08 category maps")
  void maps() {
    assertEquals(List.of("2", "3", "4"), CategoryMap.of(VALUES).labels());
    CategoryMap na = CategoryMap.of(VALUES, true, true);
    assertEquals(List.of("#na#", "2", "3", "4"), na.labels());
    assertEquals(0, na.indexOf(5));
    assertEquals(0, na.indexOf(Double.NaN));
    assertEquals(2, na.indexOf(3));
    assertEquals(List.of("4", "2", "3"), CategoryMap.of(VALUES, false, false).labels());
    List<String> declared = List.of("c", "b", "a");
    List<String> used = List.of("a", "c", "a");
    assertEquals(declared, CategoryMap.declared(declared, used, false, false).labels());
    assertEquals(List.of("c", "a"), CategoryMap.declared(declared, used, true, false).labels());
  }

  @Test
  @DisplayName("DAT-08 unseen is an error naming the label")
  void unseen() {
    CategoryMap map = CategoryMap.of(List.of("cat", "dog"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> map.indexOf("horse")).getMessage();
    assertTrue(message.contains("horse"), message);
    assertTrue(message.contains("[cat, dog]"), message);
    assertThrows(IllegalArgumentException.class, () -> map.label(2));
  }

  @Test
  void numbersSortAsNumbersAndGapsAreNoLabels() {
    assertEquals(List.of("2", "9", "10"), CategoryMap.of(Arrays.asList(10, null, 9, 2)).labels());
    assertEquals(List.of("0.5"), CategoryMap.of(List.of(0.5, Double.NaN)).labels());
  }

  @Test
  void labelsReadBackAreTheSameVocabulary() {
    CategoryMap na = CategoryMap.of(VALUES, true, true);
    CategoryMap back = CategoryMap.ofLabels(na.labels());
    assertEquals(na.labels(), back.labels());
    assertEquals(0, back.indexOf("unseen"));
    assertThrows(IllegalArgumentException.class, () -> CategoryMap.ofLabels(List.of("a", "a")));
  }
}
