package org.onecycle.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixturesTest {
  @TempDir Path dir;

  @Test
  void readsArraysAndDocuments() {
    Npy x = Fixtures.npy("pth/net_x");
    assertEquals("f4", x.type());
    assertEquals(x.toDoubles()[3], x.toFloats()[3], 1e-6);
    assertEquals("torch.int64", Fixtures.json("pth/mixed_expected").at("/i64/dtype").asText());
    assertEquals(8, Fixtures.npyNames("pth/net_npy").size());
    assertArrayEquals(new long[] {4, 3, 3, 3}, Fixtures.npy("pth/net_npy/0.weight").shape());
  }

  @Test
  void saysWhatIsMissingOrBroken() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> Fixtures.path("pth/nothing.npy"));
    Path text = Files.writeString(dir.resolve("a.npy"), "not an array, just a text");
    assertThrows(IllegalArgumentException.class, () -> Npy.read(text));
  }
}
