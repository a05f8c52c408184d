package org.onecycle.text.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.onecycle.data.LoaderOptions;

/**
 * From texts to tokens: rules on the text, a splitter, rules on the tokens.
 *
 * @param rules steps on the text, in their order
 * @param splitter splits the text
 * @param postRules steps on each token
 */
public record Tokenizer(
    List<UnaryOperator<String>> rules,
    TokenSplitter splitter,
    List<UnaryOperator<String>> postRules) {

  /** Copies the lists. */
  public Tokenizer {
    rules = List.copyOf(rules);
    postRules = List.copyOf(postRules);
  }

  /** fastai's rules and English words. */
  public static Tokenizer words() {
    return of(new WordTokenizer());
  }

  /** fastai's rules and another splitter. */
  public static Tokenizer of(TokenSplitter splitter) {
    return new Tokenizer(TextRules.defaults(), splitter, TextRules.postDefaults());
  }

  /** A splitter with no rule but that on spaces within tokens. */
  public static Tokenizer plain(TokenSplitter splitter) {
    return new Tokenizer(List.of(), splitter, TextRules.postDefaults());
  }

  /** Returns the tokens of a text. */
  public List<String> tokens(String text) {
    String t = text;
    for (UnaryOperator<String> rule : rules) {
      t = rule.apply(t);
    }
    List<String> tokens = new ArrayList<>(splitter.split(t));
    for (UnaryOperator<String> rule : postRules) {
      tokens.replaceAll(rule);
    }
    return tokens;
  }

  /** Returns one text of several fields: {@code xxfld 1 title xxfld 2 body}. */
  public static String joinFields(List<String> fields) {
    StringBuilder text = new StringBuilder();
    for (int f = 0; f < fields.size(); f++) {
      text.append(f == 0 ? "" : " ").append(Specials.FLD).append(' ').append(f + 1);
      text.append(' ').append(fields.get(f));
    }
    return text.toString();
  }

  /**
   * Returns the tokens of many texts, in their order, with as many threads as processors.
   *
   * @throws IllegalArgumentException naming the text by its place, when a rule fails on it
   */
  public List<List<String>> all(List<String> texts) {
    return all(texts, LoaderOptions.defaults().workers());
  }

  /**
   * As {@link #all(List)}; what comes out does not depend on the number of threads.
   *
   * @param workers threads; 0 for the caller's alone
   */
  public List<List<String>> all(List<String> texts, int workers) {
    return Parallel.map(texts.size(), workers, i -> tokens(texts.get(i)), i -> "text " + i);
  }

  /**
   * Returns the tokens of files in UTF-8, as {@link TextFiles#read} reads them, in their order.
   *
   * @throws java.io.UncheckedIOException naming the file that cannot be read
   */
  public List<List<String>> files(List<Path> files, int workers) {
    return Parallel.map(
        files.size(),
        workers,
        i -> tokens(TextFiles.read(files.get(i))),
        i -> files.get(i).toString());
  }
}
