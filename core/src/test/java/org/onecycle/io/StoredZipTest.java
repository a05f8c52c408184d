package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class StoredZipTest {
  private static final byte[] NAME = "net/data.pkl".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTENT = {(byte) 0x80, 2, '}', '.'};

  /** An archive as it is beyond 4 GiB: every size and offset stands in the zip64 records. */
  private static byte[] zip64() {
    ByteBuffer out = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(StoredZip.LOCAL).put(new byte[14]).putInt(-1).putInt(-1);
    out.putShort((short) NAME.length).putShort((short) 3).put(NAME).put(new byte[3]).put(CONTENT);
    int directory = out.position();
    out.putInt(0x02014b50).put(new byte[16]).putInt(-1).putInt(-1);
    out.putShort((short) NAME.length).putShort((short) 34).put(new byte[10]).putInt(-1).put(NAME);
    out.putShort((short) 0x5555).putShort((short) 2).putShort((short) 0);
    out.putShort((short) 1).putShort((short) 24);
    out.putLong(CONTENT.length).putLong(CONTENT.length).putLong(0);
    int end64 = out.position();
    out.putInt(0x06064b50).putLong(44).put(new byte[12]).putLong(1).putLong(1);
    out.putLong(end64 - directory).putLong(directory);
    out.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
    out.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1);
    out.putInt(-1).putInt(-1).putShort((short) 0);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  @Test
  void zip64RecordsAreRead() {
    StoredZip zip = StoredZip.open(TorchFiles.bytes("f", zip64()));
    byte[] got = new byte[CONTENT.length];
    zip.read("net/data.pkl").get(got);
    assertArrayEquals(CONTENT, got);
    assertEquals(Map.of(), TorchCheckpoint.read(TorchFiles.bytes("f", zip64())).root());
  }

  @Test
  void damagedZip64RecordsAreFound() {
    for (int at = 0; at < zip64().length; at++) {
      byte[] bytes = zip64();
      bytes[at] ^= 0x41;
      try {
        TorchCheckpoint.read(TorchFiles.bytes("f", bytes));
      } catch (WeightsFormatException e) {
        assertTrue(e.getMessage().startsWith("f: "), e.getMessage());
      }
    }
  }

  @Test
  void otherArchivesAreNoCheckpoints() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write("<xml/>".getBytes(StandardCharsets.US_ASCII));
    }
    assertProblem(out.toByteArray(), "no PyTorch checkpoint: no data.pkl in it");
    out.reset();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("net/data.pkl"));
      zip.write(CONTENT);
    }
    assertProblem(out.toByteArray(), "compressed");
    byte[] two = TorchFiles.zip(CONTENT, Map.of("../data.pkl", CONTENT));
    assertEquals(Map.of(), TorchCheckpoint.read(TorchFiles.bytes("f", two)).root());
  }

  private static void assertProblem(byte[] bytes, String problem) {
    FileBytes file = TorchFiles.bytes("report.zip", bytes);
    String message =
        assertThrows(WeightsFormatException.class, () -> Weights.read(file)).getMessage();
    assertTrue(message.startsWith("report.zip: ") && message.contains(problem), message);
  }
}
