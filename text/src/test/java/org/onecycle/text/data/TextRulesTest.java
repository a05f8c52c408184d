package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static String ruled(String text) {
    return String.join(
        " ",
        Tokenizer.of(new SplitTokenizer()).tokens(text).stream()
            .filter(t -> !t.isEmpty())
            .toList());
  }

  @Test
  @DisplayName("TXT-01 spaces round / # and \\")
  void spaces() {
    assertEquals(" # fastai", TextRules.specAddSpaces("#fastai"));
    assertEquals(" / fastai", TextRules.specAddSpaces("/fastai"));
    assertEquals(" \\ fastai", TextRules.specAddSpaces("\\fastai"));
  }

  @Test
  @DisplayName("TXT-02 one space of several")
  void uselessSpaces() {
    assertEquals("a b c", TextRules.rmUselessSpaces("a  b   c"));
  }

  @Test
  @DisplayName("TXT-03 repeated characters")
  void characters() {
    assertEquals("aa", TextRules.replaceRep("aa"));
    assertEquals(" xxrep 4 a ", TextRules.replaceRep("aaaa"));
    assertEquals(" xxrep 3 😀 ", TextRules.replaceRep("😀😀😀"));
    assertEquals("a    b", TextRules.replaceRep("a    b"));
  }

  @Test
  @DisplayName("TXT-04 repeated words")
  void words() {
    assertEquals("ah ah", TextRules.replaceWrep("ah ah"));
    assertEquals(" xxwrep 3 ah ", TextRules.replaceWrep("ah ah ah"));
    assertEquals(" xxwrep 4 ah ", TextRules.replaceWrep("ah ah   ah  ah"));
    assertEquals(" xxwrep 4 ah  ", TextRules.replaceWrep("ah ah ah ah "));
    assertEquals(" xxwrep 4 ah .", TextRules.replaceWrep("ah ah ah ah."));
    assertEquals("ah ah ahi", TextRules.replaceWrep("ah ah ahi"));
    assertEquals(" xxwrep 3 ah  ahi", TextRules.replaceWrep("ah ah ah ahi"));
  }

  @Test
  @DisplayName("TXT-06 capitals")
  void capitals() {
    assertEquals("xxup i'm xxup shouting", TextRules.replaceAllCaps("I'M SHOUTING"));
    assertEquals("I'm speaking normally", TextRules.replaceAllCaps("I'm speaking normally"));
    assertEquals("i am speaking normally", TextRules.replaceAllCaps("I am speaking normally"));
  }

  @Test
  @DisplayName("TXT-07 words that begin with a capital")
  void capital() {
    assertEquals("xxmaj jeremy xxmaj howard", TextRules.replaceMaj("Jeremy Howard"));
    assertEquals(
        "i don't think there is any maj here",
        TextRules.replaceMaj("I don't think there is any maj here"));
  }

  @ParameterizedTest
  @DisplayName("TXT-12 all rules with a split at spaces")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "I'M SHOUTING at YOU | xxbos xxup i'm xxup shouting at xxup you",
        "ah ah ah ah. sooo good!!! | xxbos xxwrep 4 ah . s xxrep 3 o good xxrep 3 !",
        "NO NO NO NO | xxbos xxwrep 4 xxup no",
        "1000000 | xxbos 1 xxrep 6 0",
        "A USA-based Company, McDonald's | xxbos a usa-based xxmaj company, mcdonald's",
        "ÉCOLE École | xxbos école école",
        "wow.... | xxbos wow …."
      })
  void allRules(String text, String expected) {
    assertEquals(expected, ruled(text));
  }

  @Test
  void entitiesAsInHtml5() {
    assertEquals("é é ∉ — � <", HtmlEntities.unescape("&eacute; &eacute &notin; &#151; &#0; &lt"));
    assertEquals(
        "¬it; ¬hing2; & &; &#; &#x;", HtmlEntities.unescape("&notit; &nothing2; & &; &#; &#x;"));
    assertEquals("\u0081😀", HtmlEntities.unescape("&#129;&#x1F600;&#1;"));
    assertEquals("�", HtmlEntities.unescape("&#99999999999999999999;"));
  }

  @Test
  void aFinalSigmaIsOneAtTheEndOfItsWord() {
    assertEquals("xxbos σας σ", TextRules.lowercase("ΣΑΣ Σ"));
    assertEquals("xxbos ας. ασ'α", TextRules.lowercase("ΑΣ. ΑΣ'Α"));
  }

  @ParameterizedTest
  @DisplayName("A million characters made to mislead patterns take linear time")
  @ValueSource(
      strings = {
        "A",
        "Aa",
        "a",
        "aa ",
        "ah ",
        "&",
        "&a",
        "&#",
        " ",
        "\n",
        "(",
        "'",
        ".",
        "a.",
        ":",
        ":-",
        "@",
        "a@",
        "a@a/",
        "x@y.z",
        "1.",
        "-",
        "a-",
        "http://",
        "\\",
        "😀",
        "\uD83D",
        "xxrep 3 ",
        "Σ",
        "..a"
      })
  void linear(String unit) {
    String text = unit.repeat(1_000_000 / unit.length()) + "a";
    // A square of it would take minutes or hours.
    List<String> tokens = assertTimeoutPreemptively(LIMIT, () -> Tokenizer.words().tokens(text));
    assertTrue(tokens.size() >= 2, () -> tokens.size() + " tokens");
    assertEquals("xxbos", tokens.get(0));
    // The rules shorten repetitions; here the words have to do without them.
    List<String> words = assertTimeoutPreemptively(LIMIT, () -> new WordTokenizer().split(text));
    assertEquals(text.replace(" ", ""), String.join("", words).replace(" ", ""));
  }
}
