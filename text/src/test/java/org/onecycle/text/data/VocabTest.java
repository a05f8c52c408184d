package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VocabTest {
  private static final List<String> FIRST = List.of("This is an example of text".split(" "));
  private static final List<String> SECOND = List.of("this is another text".split(" "));

  @Test
  @DisplayName("TXT-17 by frequency, then by first appearance")
  void order() {
    Vocab vocab = Vocab.of(List.of(FIRST, SECOND), 1, Vocab.MAX_VOCAB);
    assertArrayEquals(new int[] {11, 9, 12, 13, 14, 10}, vocab.encode(FIRST));
    assertEquals(FIRST, vocab.decode(vocab.encode(FIRST)));
    assertEquals(SECOND, vocab.decode(vocab.encode(SECOND)));
  }

  @Test
  @DisplayName("TXT-18 rare tokens are unknown")
  void rare() {
    Vocab vocab = Vocab.of(List.of(FIRST, SECOND), 2, Vocab.MAX_VOCAB);
    assertArrayEquals(new int[] {0, 9, 0, 0, 0, 10}, vocab.encode(FIRST));
    assertEquals(
        List.of("xxunk", "is", "xxunk", "xxunk", "xxunk", "text"),
        vocab.decode(vocab.encode(FIRST)));
  }

  @Test
  @DisplayName("TXT-19 with the tokenizer's rules")
  void rules() {
    Tokenizer t = Tokenizer.words();
    List<List<String>> texts =
        List.of(t.tokens("This is an example of text"), t.tokens("this is another text"));
    Vocab vocab = Vocab.of(texts, 2, Vocab.MAX_VOCAB);
    assertArrayEquals(new int[] {2, 8, 9, 10, 0, 0, 0, 11}, vocab.encode(texts.get(0)));
    assertArrayEquals(new int[] {2, 9, 10, 0, 11}, vocab.encode(texts.get(1)));
  }

  @Test
  @DisplayName("TXT-20 special tokens")
  void specials() {
    Vocab vocab = Vocab.of(List.of());
    assertEquals(
        List.of("xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"),
        vocab.tokens().subList(0, 9));
    assertEquals(16, vocab.size());
    assertEquals(1, vocab.indexOf("xxpad"));
    assertEquals(0, vocab.indexOf("xxfake"));
  }

  @Test
  void theSizeIsAMultipleOfEightWithAFakeAtLeast() {
    List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
    assertEquals(24, Vocab.of(List.of(seven), 1, 100).size());
    assertEquals(16, Vocab.of(List.of(seven), 1, 12).size());
    assertEquals(
        Collections.nCopies(4, "xxfake"), Vocab.of(List.of(seven), 1, 12).tokens().subList(12, 16));
  }

  @Test
  void aVocabularyIsReadBack() {
    Vocab vocab = Vocab.of(List.of(FIRST), 1, 100);
    Vocab back = Vocab.ofTokens(vocab.tokens());
    assertArrayEquals(vocab.encode(FIRST), back.encode(FIRST));
    assertThrows(IllegalArgumentException.class, () -> Vocab.ofTokens(List.of("a", "b")));
    List<String> twice = new ArrayList<>(vocab.tokens());
    twice.add("This");
    assertThrows(IllegalArgumentException.class, () -> Vocab.ofTokens(twice));
    assertThrows(IllegalArgumentException.class, () -> vocab.decode(vocab.size()));
  }

  @Test
  @DisplayName("TXT-15 special tokens put into effect")
  void decode() {
    assertEquals(List.of("Text"), Specials.decode(List.of("xxmaj", "text")));
    assertEquals(List.of("TEXT"), Specials.decode(List.of("xxup", "text")));
    assertEquals(List.of("aaa"), Specials.decode(List.of("xxrep", "3", "a")));
    assertEquals(List.of("word", "word", "word"), Specials.decode(List.of("xxwrep", "3", "word")));
  }

  @Test
  @DisplayName("TXT-32 what follows a repetition is not repeated")
  void decodeResets() {
    assertEquals(List.of("aaa", "b"), Specials.decode(List.of("xxrep", "3", "a", "b")));
    assertEquals(List.of("w", "w", "x"), Specials.decode(List.of("xxwrep", "2", "w", "x")));
  }

  @Test
  void nonsenseOfAModelStays() {
    for (List<String> odd :
        List.of(
            List.of("xxmaj"),
            List.of("xxrep", "3"),
            List.of("xxrep", "many", "a"),
            List.of("xxwrep", "9999999999", "a"),
            List.of("xxrep", "9999999", "aaa"))) {
      assertEquals(odd, Specials.decode(odd));
    }
  }
}
