package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: either plain values or the declared exception. */
class DamagedFilesTest {
  private static final String[] FILES = {
    "mixed_zip.pth",
    "mixed_legacy.pth",
    "checkpoint_zip.pth",
    "net_legacy.pth",
    "fastai_learner_with_opt.pth",
    "mixed.safetensors"
  };

  private static void readAll(byte[] bytes) {
    for (StoredTensor t : Weights.read(TorchFiles.bytes("f", bytes)).tensors().values()) {
      // A flipped stride or size can make an expanded tensor of up to 256 MB: allowed, but slow.
      if (t.numel() < 100_000) {
        t.toDoubles();
      }
    }
  }

  @Test
  void everyTruncationIsFound() {
    for (String name : FILES) {
      byte[] whole = TorchFiles.fixture(name);
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        String at = name + " cut at " + length;
        assertThrows(WeightsFormatException.class, () -> readAll(part), at);
      }
    }
  }

  @Test
  void everyFlippedByteIsReadOrRefused() {
    Random random = new Random(1);
    for (String name : FILES) {
      byte[] whole = TorchFiles.fixture(name);
      int refused = 0;
      for (int at = 0; at < whole.length; at++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        refused += outcome(flipped, name + " flipped at " + at);
      }
      assertTrue(refused > whole.length / 20, name + " refused " + refused);
    }
  }

  @Test
  void garbageOfEveryKindIsReadOrRefused() {
    Random random = new Random(2);
    for (int round = 0; round < 5000; round++) {
      byte[] pickle = new byte[random.nextInt(200)];
      random.nextBytes(pickle);
      outcome(TorchFiles.zip(pickle, Map.of()), "round " + round);
      byte[] legacy = TorchFiles.fixture("mixed_legacy.pth");
      int many = 1 + random.nextInt(20);
      for (int i = 0; i < many; i++) {
        legacy[137 + random.nextInt(legacy.length - 137)] = (byte) random.nextInt(256);
      }
      outcome(legacy, "legacy round " + round);
    }
  }

  private static int outcome(byte[] bytes, String what) {
    try {
      readAll(bytes);
      return 0;
    } catch (WeightsFormatException e) {
      return 1;
    } catch (Throwable e) {
      return fail(what, e);
    }
  }

  private static TorchCheckpoint read(String pickle) {
    byte[] numbers = new byte[24];
    numbers[3] = 0x40;
    return TorchCheckpoint.read(
        TorchFiles.bytes(
            "evil.pth", TorchFiles.zip(TorchFiles.pickle(pickle), Map.of("data/0", numbers))));
  }

  @ParameterizedTest
  @CsvSource({
    "posix,system",
    "os,system",
    "builtins,eval",
    "builtins,getattr",
    "__builtin__,exec",
    "torch,load",
    "torch.hub,load",
    "subprocess,Popen",
    "fastai.learner,Learner",
    "torch,ComplexFloatStorage",
    "torch._utils,_rebuild_qtensor",
    "collections,OrderedDict.__init__",
  })
  void otherNamesAreRefused(String module, String name) {
    String[] pickles = {
      "\u0080\2c" + module + "\n" + name + "\nX\2\0\0\0ls\u0085R.",
      "\u0080\4\u008c"
          + (char) module.length()
          + module
          + "\u008c"
          + (char) name.length()
          + name
          + "\u0093."
    };
    for (String pickle : pickles) {
      String message = assertThrows(WeightsFormatException.class, () -> read(pickle)).getMessage();
      assertTrue(message.startsWith("evil.pth: it asks for " + module + "." + name), message);
      assertTrue(message.contains("refused"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(i__main__\nX\n.", // INST
        "(cposix\nsystem\no.", // OBJ
        "P17\n.", // PERSID
        "\u0082\1.", // EXT1
        "}ccollections\nOrderedDict\nR.", // a call of a dict
        "]]b.", // state for a list
        "ctorch\nSize\nN\u0085R.",
        "ctorch\nSize\n)R.",
        "cnumpy\ndtype\nN\u0085R.",
        "cnumpy\ndtype\nX\1\0\0\0O\u0085R.Z",
        "N0.",
        "((.",
        "K\1K\2.",
        "]}s.",
        "]K\1]u.",
        "}]K\1s.", // a list as a key
        ")K\1a.", // a tuple grows
        "h\1.",
        "\u0080\6N.",
        "X\u00ff\u00ff\u00ff\u007fa.", // a text of 2 GiB
        "X\u00ff\u00ff\u00ff\u00ffa.",
        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fa.",
        "\u008b\u00ff\u00ff\u00ff\u007fa.",
        "I12x\n.",
        "Fnone\n.",
        "ctorch._tensor\n_rebuild_from_type_v2\nq\1(h\1h\1](h\1h\1]Netb."
      })
  void malformedPickles(String pickle) {
    // One value stays unread where a pickle is whole: the root is then no state dict.
    assertThrows(WeightsFormatException.class, () -> read(pickle).stateDict());
  }

  @Test
  void aTensorMadeOfItself() {
    String self = "ctorch._tensor\n_rebuild_from_type_v2\n";
    String pickle = self + "q\1h\1ctorch\nTensor\n]q\2(h\1ctorch\nTensor\nh\2NeN(1NtR.";
    assertThrows(WeightsFormatException.class, () -> read(pickle));
    String direct = self + "q\1(h\1ctorch\nTensor\n]q\2(h\1ctorch\nTensor\nh\2NeNtR.";
    String message = assertThrows(WeightsFormatException.class, () -> read(direct)).getMessage();
    assertTrue(message.contains("made of itself"), message);
  }

  @Test
  void valuesThatContainThemselves() {
    Map<?, ?> map = (Map<?, ?>) read("}q\1X\1\0\0\0ah\1s.").root();
    assertEquals(map.get("a") == map, true);
    assertThrows(WeightsFormatException.class, () -> read("}q\1X\1\0\0\0ah\1s.").stateDict());
  }

  @Test
  void aPickleThatCopiesItselfIsStopped() {
    String grow = "]q\1(" + "N".repeat(5000) + "e";
    String copy = "cfastcore.foundation\nL\nh\1\u0085R";
    String pickle = grow + copy.repeat(1000) + ".";
    String message = assertThrows(WeightsFormatException.class, () -> read(pickle)).getMessage();
    assertTrue(message.contains("copies itself"), message);
  }

  @Test
  void storagesAreChecked() {
    String whole = "}X\1\0\0\0x" + TorchFiles.tensor(6, 0, "\2\3", "\3\1") + "s.";
    assertArrayEquals(new float[] {2, 0, 0, 0, 0, 0}, read(whole).stateDict().get("x").toFloats());
    String[][] bad = {
      {TorchFiles.tensor(7, 0, "\2\3", "\3\1"), "has 24 bytes, expected 28"},
      {TorchFiles.tensor(6, 1, "\2\3", "\3\1"), "reaches element 6 of a storage of 6"},
      {TorchFiles.tensor(6, 0, "\2\3", "\4\1"), "reaches element 6 of a storage of 6"},
      {TorchFiles.tensor(6, 0, "\2\3", "\3"), "bad strides"},
      {TorchFiles.tensor(6, 0, "\u00ff\u00ff\u00ff\u00ff", "\0\0\0\0"), "more than its storage"},
      {TorchFiles.tensor(6, 0, "\u00ff".repeat(9), "\0".repeat(9)), "too great"},
      {TorchFiles.tensor(6, 0, "\u00ff".repeat(65), "\0".repeat(65)), "65 dimensions"},
      {
        TorchFiles.tensor(6, 0, "\2", "\1").replace("X\1\0\0\0" + "0", "X\1\0\0\0" + "7"),
        "data/7 is missing"
      },
    };
    for (String[] tensor : bad) {
      String message =
          assertThrows(WeightsFormatException.class, () -> read(tensor[0] + ".")).getMessage();
      assertTrue(message.startsWith("evil.pth: ") && message.contains(tensor[1]), message);
    }
  }

  @Test
  void dataParallelsPrefixIsDropped() {
    String tensor = TorchFiles.tensor(6, 0, "\2", "\1");
    String parallel = "}X\u0008\0\0\0module.x" + tensor + "s";
    String inside = "}X\n\0\0\0state_dict" + parallel + "s.";
    assertEquals("[x]", read(parallel + ".").stateDict().keySet().toString());
    assertEquals("[x]", read(inside).stateDict().keySet().toString());
    String mixed = "}X\u0008\0\0\0module.x" + tensor + "sX\1\0\0\0y" + tensor + "s.";
    assertEquals("[module.x, y]", read(mixed).stateDict().keySet().toString());
  }

  @Test
  void bigEndianFilesAreRefused() {
    byte[] zip =
        TorchFiles.zip(TorchFiles.pickle("}."), Map.of("byteorder", TorchFiles.pickle("big")));
    String message =
        assertThrows(
                WeightsFormatException.class,
                () -> TorchCheckpoint.read(TorchFiles.bytes("f", zip)))
            .getMessage();
    assertTrue(message.contains("big-endian"), message);
    byte[] legacy = TorchFiles.fixture("net_legacy.pth");
    int flag = new String(legacy, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\u0088');
    legacy[flag] = (byte) 0x89;
    message =
        assertThrows(
                WeightsFormatException.class, () -> Weights.read(TorchFiles.bytes("f", legacy)))
            .getMessage();
    assertTrue(message.contains("big-endian"), message);
  }
}
