package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickledWordsTest {
  private static final String PROTOCOL_3 =
      "80035d71002858050000007878756e6b7101580500000078787061647102580300000074686571035802000000"
          + "c3a97104652e";
  private static final String PROTOCOL_4 =
      "80049520000000000000005d94288c057878756e6b948c057878706164948c03746865948c02c3a994652e";
  private static final String OS_SYSTEM = "80035d710063706f7369780a73797374656d0a7101612e";
  private static final String WITH_A_NUMBER = "80035d71002858010000006171014b03652e";

  @TempDir Path folder;

  private Path file(String hex) throws IOException {
    return Files.write(folder.resolve("words.pkl"), HexFormat.of().parseHex(hex));
  }

  private String refusal(String hex) throws IOException {
    Path file = file(hex);
    String message =
        assertThrows(WeightsFormatException.class, () -> PickledWords.read(file)).getMessage();
    assertTrue(message.contains("words.pkl"), message);
    return message;
  }

  @Test
  void readsListsOfStrings() throws IOException {
    List<String> expected = List.of("xxunk", "xxpad", "the", "é");
    assertEquals(expected, PickledWords.read(file(PROTOCOL_3)));
    assertEquals(expected, PickledWords.read(file(PROTOCOL_4)));
  }

  @Test
  void refusesAllElse() throws IOException {
    assertTrue(refusal(OS_SYSTEM).contains("posix.system"));
    assertTrue(refusal(WITH_A_NUMBER).contains("one of them is 3"));
    refusal(PROTOCOL_4.substring(0, 40));
    refusal("80034b032e");
  }
}
