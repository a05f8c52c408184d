package org.onecycle.text.data;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * fastai's rules on texts and tokens, by its names.
 *
 * <p>Every rule takes time in proportion to the length of the text, whatever stands in it.
 */
public final class TextRules {
  private static final List<String[]> HTML =
      List.of(
          new String[] {"#39;", "'"},
          new String[] {"amp;", "&"},
          new String[] {"#146;", "'"},
          new String[] {"nbsp;", " "},
          new String[] {"#36;", "$"},
          new String[] {"\\n", "\n"},
          new String[] {"quot;", "'"},
          new String[] {"<br />", "\n"},
          new String[] {"\\\"", "\""},
          new String[] {"<unk>", Specials.UNK},
          new String[] {" @.@ ", "."},
          new String[] {" @-@ ", "-"},
          new String[] {"...", " …"});

  private TextRules() {}

  /** The rules on texts, in their order; what follows is a tokenizer. */
  public static List<UnaryOperator<String>> defaults() {
    return List.of(
        TextRule.FIX_HTML,
        TextRule.REPLACE_REP,
        TextRule.REPLACE_WREP,
        TextRule.SPEC_ADD_SPACES,
        TextRule.RM_USELESS_SPACES,
        TextRule.REPLACE_ALL_CAPS,
        TextRule.REPLACE_MAJ,
        TextRule.LOWERCASE);
  }

  /** The rules on tokens. */
  public static List<UnaryOperator<String>> postDefaults() {
    return List.of(TextRule.REPLACE_SPACE);
  }

  /** Mends what is left of HTML, and some marks of well-known data sets. */
  public static String fixHtml(String text) {
    String t = text;
    for (String[] pair : HTML) {
      t = t.replace(pair[0], pair[1]);
    }
    return HtmlEntities.unescape(t);
  }

  /** Makes {@code " xxrep 4 a "} of a character that stands three times or more in a row. */
  public static String replaceRep(String text) {
    return Repeats.replaceRep(text);
  }

  /** Makes {@code " xxwrep 4 ah "} of a word that stands three times or more in a row. */
  public static String replaceWrep(String text) {
    return Repeats.replaceWrep(text);
  }

  /** Puts spaces round {@code /}, {@code #} and {@code \}. */
  public static String specAddSpaces(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/' || c == '#' || c == '\\') {
        out.append(' ').append(c).append(' ');
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Leaves one space of several. */
  public static String rmUselessSpaces(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' || i == 0 || text.charAt(i - 1) != ' ') {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Writes words in (ASCII) capitals small, with {@code xxup} before those of two or more. */
  public static String replaceAllCaps(String text) {
    return mark(text, true);
  }

  /** Writes words that begin with an (ASCII) capital small, with {@code xxmaj} before them. */
  public static String replaceMaj(String text) {
    return mark(text, false);
  }

  private static String mark(String text, boolean allCaps) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      int start = i;
      boolean fits = Chars.isAsciiUpper(text.charAt(i));
      while (i < text.length() && !Chars.isSpace(text.charAt(i))) {
        char c = text.charAt(i);
        fits &= allCaps ? c < 'a' || c > 'z' : i == start || !Chars.isAsciiUpper(c);
        i++;
      }
      String word = text.substring(start, i);
      if (fits && i > start) {
        if (word.codePointCount(0, word.length()) > 1) {
          out.append(allCaps ? Specials.UP : Specials.MAJ).append(' ');
        }
        word = Chars.lower(word);
      }
      out.append(word);
      if (i < text.length()) {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  /** Writes everything small, without space at the ends, and {@code xxbos} before it. */
  public static String lowercase(String text) {
    return Specials.BOS + ' ' + Chars.strip(Chars.lower(text));
  }

  /** Writes {@code ▁} for a space in a token, so that tokens joined by spaces come apart again. */
  public static String replaceSpace(String token) {
    return token.replace(' ', '▁');
  }
}
