package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.testing.Fixtures;

class TokenizerTest {
  private final JsonNode fixture = Fixtures.json("tokenize/tokens");

  private static List<String> texts(JsonNode array) {
    List<String> out = new ArrayList<>();
    array.forEach(v -> out.add(v.asText()));
    return out;
  }

  /**
   * The fixture joins the colon and slash of {@code "http: / /"} to the face {@code :/} across the
   * space between them. spaCy itself (3.8.16) does not: it joins what touches.
   */
  private static List<String> apart(List<String> tokens) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean joined = tokens.get(i).equals(":/") && i > 0 && tokens.get(i - 1).equals("http");
      out.addAll(joined ? List.of(":", "/") : List.of(tokens.get(i)));
    }
    return out;
  }

  @Test
  void wordsAgreeWithSpacy() {
    WordTokenizer words = new WordTokenizer();
    for (JsonNode c : fixture.get("cases")) {
      assertEquals(texts(c.get("spacy_blank_en")), words.split(c.get("text").asText()));
    }
  }

  @Test
  void everyRuleAgreesWithFastai() {
    List<String> names = texts(fixture.get("rules"));
    List<UnaryOperator<String>> rules = TextRules.defaults();
    assertEquals(names.size(), rules.size());
    for (JsonNode c : fixture.get("cases")) {
      String text = c.get("text").asText();
      for (int r = 0; r < names.size(); r++) {
        text = rules.get(r).apply(text);
        assertEquals(c.get("rules_cumulative").get(names.get(r)).asText(), text, names.get(r));
      }
    }
  }

  @Test
  @DisplayName("TXT-11 tokens agree with fastai's")
  void tokensAgreeWithFastai() {
    int cases = 0;
    int joined = 0;
    for (JsonNode c : fixture.get("cases")) {
      List<String> expected = texts(c.get("fastai_tokens"));
      assertEquals(apart(expected), Tokenizer.words().tokens(c.get("text").asText()));
      joined += apart(expected).size() - expected.size();
      cases++;
    }
    assertEquals(17, cases);
    assertEquals(1, joined);
  }

  @Test
  void numbersAgreeWithFastai() {
    JsonNode n = fixture.get("numericalize");
    List<List<String>> all = new ArrayList<>();
    fixture.get("cases").forEach(c -> all.add(texts(c.get("fastai_tokens"))));
    Vocab vocab = Vocab.of(all, n.get("min_freq").intValue(), n.get("max_vocab").intValue());
    assertEquals(texts(n.get("vocab")), vocab.tokens());
    for (int i = 0; i < n.get("ids").size(); i++) {
      List<Integer> ids = IntStream.of(vocab.encode(all.get(i))).boxed().toList();
      List<Integer> expected = new ArrayList<>();
      n.get("ids").get(i).forEach(v -> expected.add(v.intValue()));
      assertEquals(expected, ids);
    }
  }

  @Test
  @DisplayName("TXT-08 a plain split")
  void plainSplit() {
    assertEquals(List.of("This", "is", "a", "text"), new SplitTokenizer().split("This is a text"));
    assertEquals(List.of("This is a te", "t"), new SplitTokenizer("x").split("This is a text"));
    assertThrows(IllegalArgumentException.class, () -> new SplitTokenizer(""));
  }

  @Test
  @DisplayName("TXT-09 a space in a token becomes a bar")
  void bars() {
    assertEquals(
        List.of("This▁isn", "t▁a▁problem"),
        Tokenizer.plain(new SplitTokenizer("'")).tokens("This isn't a problem"));
  }

  @Test
  @DisplayName("TXT-10, TXT-14 rules and words")
  void words() {
    Tokenizer t = Tokenizer.words();
    assertEquals(
        List.of("xxbos", "xxmaj", "this", "is", "n't", "a", "problem"),
        t.tokens("This isn't a problem"));
    assertEquals(List.of("xxbos", "xxmaj", "this", "is", "a", "test"), t.tokens("This is a test"));
    assertEquals(
        List.of("xxbos", "this", "is", "another", "test"), t.tokens("this is another test"));
  }

  @Test
  @DisplayName("TXT-13 fields")
  void fields() {
    assertEquals("xxfld 1 title xxfld 2 body", Tokenizer.joinFields(List.of("title", "body")));
  }

  @Test
  void oddTextsHaveTokens() {
    Tokenizer t = Tokenizer.words();
    assertEquals(List.of("xxbos"), t.tokens(""));
    assertEquals(List.of("xxbos"), t.tokens(" \n\t "));
    assertEquals(List.of("xxbos", "hi", "😀", "👍", "🏽"), t.tokens("hi 😀👍🏽"));
    assertEquals(List.of("xxbos", "a\uD83D", "b"), t.tokens("a\uD83D b"));
    assertEquals(100_001, t.tokens("word, ".repeat(50_000)).size());
  }

  @Test
  void manyTextsComeInOrderWhateverTheThreads() {
    List<String> texts = IntStream.range(0, 1000).mapToObj(i -> "Text " + i + " isn't.").toList();
    List<List<String>> one = Tokenizer.words().all(texts, 0);
    assertEquals("998", one.get(998).get(3));
    assertEquals(one, Tokenizer.words().all(texts, 3));
  }

  @Test
  void aRuleThatFailsNamesItsText() {
    UnaryOperator<String> rule =
        s -> {
          if (s.equals("bad")) {
            throw new IllegalStateException("no");
          }
          return s;
        };
    Tokenizer t = new Tokenizer(List.of(rule), new SplitTokenizer(), List.of());
    List<String> texts = new ArrayList<>(java.util.Collections.nCopies(300, "good"));
    texts.set(200, "bad");
    for (int workers : new int[] {0, 2}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> t.all(texts, workers));
      assertEquals("text 200: no", e.getMessage());
    }
  }

  @Test
  void malformedUtf8IsReplaced(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("a.txt");
    Files.write(file, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF, 'b'});
    assertEquals("a\uFFFDb", TextFiles.read(file));
    Files.write(file, "é😀".getBytes(StandardCharsets.UTF_8));
    assertEquals("é😀", TextFiles.read(file));
    Path missing = dir.resolve("missing.txt");
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class, () -> Tokenizer.words().files(List.of(missing), 2));
    assertTrue(e.getMessage().contains("missing.txt"));
  }
}
