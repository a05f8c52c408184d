package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LabellersTest {
  private static final Path FILE = Path.of("mnist_tiny", "train", "3", "9932.png");

  @Test
  @DisplayName("DAT-06 labellers")
  void labels() {
    assertEquals("3", Labellers.parentLabel().apply(FILE));
    assertEquals("3", Labellers.regexLabeller("/(\\d)/").apply(FILE));
    assertEquals(
        "9932", Labellers.fileName().andThen(Labellers.regexMatcher("(\\d*)")).apply(FILE));
    assertEquals("b", Labellers.itemGetter(1).apply(List.of("a", "b")));
  }

  @Test
  @DisplayName("DAT-06 no match names pattern and item")
  void noMatch() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Labellers.regexMatcher("^(.*)_\\d+\\.jpg$").apply(FILE))
            .getMessage();
    assertTrue(message.contains("^(.*)_\\d+\\.jpg$"), message);
    assertTrue(message.contains("9932.png"), message);
    assertThrows(IllegalArgumentException.class, () -> Labellers.regexLabeller("\\d+"));
  }

  @Test
  void breedsOfThePets() {
    var label = Labellers.fileName().andThen(Labellers.regexMatcher("^(.*)_\\d+\\.jpg$"));
    assertEquals("great_pyrenees", label.apply(Path.of("images/great_pyrenees_173.jpg")));
    assertEquals("Maine_Coon", label.apply(Path.of("Maine_Coon_1.jpg")));
  }
}
