package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Sample;

class TextDataLoadersTest {
  private static final List<String> TEXTS =
      List.of(
          "A good film.", "A bad film!", "good good film", "bad, so bad", "unseen film", "so bad");
  private static final List<String> LABELS = List.of("pos", "neg", "pos", "neg", "pos", "neg");
  private static final boolean[] VALID = {false, false, false, false, true, true};

  private static TextDataLoadersBuilder rows() {
    return TextDataLoaders.fromRows(TEXTS, LABELS, VALID).minFreq(1).bs(2).workers(0);
  }

  @Test
  void aClassifier() {
    TextDataLoaders dls = rows().classifier();
    assertEquals(List.of("neg", "pos"), dls.labels());
    assertFalse(dls.vocab().tokens().contains("unseen"));
    assertTrue(dls.vocab().tokens().contains("so"));
    Batch b = dls.valid().oneBatch();
    List<Sample> samples = dls.loaders().decode(dls.valid(), b, 9);
    List<Object> texts = samples.stream().map(s -> s.get(0)).toList();
    assertEquals(List.of("xxbos xxunk film", "xxbos so bad"), texts);
    assertEquals(List.of("pos", "neg"), samples.stream().map(s -> s.get(1)).toList());
    assertEquals(2, dls.train().size());
  }

  @Test
  void aLanguageModel() {
    TextDataLoaders dls =
        TextDataLoaders.fromRows(TEXTS, VALID)
            .bs(2)
            .seqLen(4)
            .workers(0)
            .minFreq(1)
            .languageModel();
    assertEquals(List.of(), dls.labels());
    Batch b = dls.valid().oneBatch();
    Sample s = dls.loaders().decode(dls.valid(), b, 1).get(0);
    assertEquals("xxbos xxunk", s.get(0));
    assertEquals("xxunk film", s.get(1));
  }

  @Test
  void aVocabularyIsHandedOn() {
    Vocab vocab = TextDataLoaders.fromRows(TEXTS, VALID).bs(2).workers(0).languageModel().vocab();
    assertEquals(vocab, rows().vocab(vocab).classifier().vocab());
  }

  @Test
  void newTexts() {
    TextDataLoaders dls = rows().classifier();
    DataLoader dl = dls.testDl(List.of("bad", "a good good film", ""));
    List<Integer> order = new ArrayList<>();
    for (Batch b : dl) {
      assertEquals(0, b.targets().length);
      for (int i : b.indices()) {
        order.add(i);
      }
    }
    assertEquals(List.of(1, 0, 2), order);
    DataLoader labelled = dls.testDl(List.of(new TextRow("bad", "neg")), true);
    assertEquals(0, labelled.oneBatch().target(0).toLongs()[0]);
    assertThrows(IllegalArgumentException.class, () -> dls.testDl(List.of("bad"), true));
    assertThrows(IllegalArgumentException.class, () -> dls.testDl(List.of(1)));
  }

  @Test
  void badInputIsNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TextDataLoaders.fromRows(TEXTS, LABELS.subList(0, 3), VALID));
    assertThrows(
        IllegalArgumentException.class, () -> TextDataLoaders.fromRows(TEXTS, LABELS, true, false));
    IllegalArgumentException none =
        assertThrows(
            IllegalArgumentException.class,
            () -> TextDataLoaders.fromRows(TEXTS, new boolean[TEXTS.size()]));
    assertEquals("TextDataLoaders: there are no texts to VALID", none.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> TextDataLoaders.fromRows(TEXTS, VALID).workers(0).classifier());
    List<String> labels = List.of("pos", "neg", "pos", "neg", "other", "neg");
    IllegalArgumentException unseen =
        assertThrows(
            IllegalArgumentException.class,
            () -> TextDataLoaders.fromRows(TEXTS, labels, VALID).bs(2).workers(0).classifier());
    assertTrue(unseen.getMessage().contains("other"));
  }

  @Test
  void folders(@TempDir Path root) throws IOException {
    for (String part : List.of("train", "valid", "unsup")) {
      for (String label : List.of("pos", "neg")) {
        Path dir = Files.createDirectories(root.resolve(part).resolve(label));
        for (int i = 0; i < 3; i++) {
          Files.writeString(dir.resolve(i + ".txt"), part + " " + label + " text " + i);
        }
        Files.writeString(dir.resolve("notes.md"), "not a text");
      }
    }
    TextDataLoaders dls = TextDataLoaders.fromFolder(root).bs(2).workers(0).minFreq(1).classifier();
    assertEquals(List.of("neg", "pos"), dls.labels());
    assertEquals(6, dls.train().itemCount());
    assertEquals(6, dls.valid().itemCount());
    assertFalse(dls.vocab().tokens().contains("unsup"));
    for (Batch b : dls.valid()) {
      for (Sample s : dls.loaders().decode(dls.valid(), b, 9)) {
        assertTrue(s.get(0).toString().contains(s.get(1).toString()));
      }
    }
    Path flat = root.resolve("train");
    assertEquals(
        2,
        TextDataLoaders.fromFolder(flat, .4, 1).bs(2).workers(0).classifier().valid().itemCount());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TextDataLoaders.fromFolder(root, "train", "test"));
    assertTrue(e.getMessage().contains("test/LABEL"));
  }
}
