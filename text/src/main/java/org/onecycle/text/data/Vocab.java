package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens and their numbers: the special tokens first, then by frequency, those of equal frequency
 * by first appearance; filled up with {@code xxfake} to a multiple of eight.
 */
public final class Vocab {
  /** How often a token has to occur, by default. */
  public static final int MIN_FREQ = 3;

  /** How many tokens are kept, special ones included, by default. */
  public static final int MAX_VOCAB = 60_000;

  private static final int MULTIPLE = 8;

  private final List<String> tokens;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Vocab(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (!token.equals(Specials.FAKE) && numbers.put(token, i) != null) {
        throw new IllegalArgumentException("Vocab: token " + token + " occurs twice");
      }
    }
  }

  /** The vocabulary of some texts. */
  public static Vocab of(Iterable<? extends List<String>> texts) {
    return of(texts, MIN_FREQ, MAX_VOCAB);
  }

  /**
   * The vocabulary of some texts.
   *
   * @param minFreq how often a token has to occur
   * @param maxVocab how many tokens are kept, special ones included
   */
  public static Vocab of(Iterable<? extends List<String>> texts, int minFreq, int maxVocab) {
    if (minFreq < 1 || maxVocab < Specials.ALL.size()) {
      throw new IllegalArgumentException(
          "Vocab expects minFreq from 1 and maxVocab from %d, got %d and %d"
              .formatted(Specials.ALL.size(), minFreq, maxVocab));
    }
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (List<String> text : texts) {
      for (String token : text) {
        counts.computeIfAbsent(token, k -> new int[1])[0]++;
      }
    }
    List<Map.Entry<String, int[]>> ordered = new ArrayList<>(counts.entrySet());
    ordered.sort((a, b) -> Integer.compare(b.getValue()[0], a.getValue()[0]));
    List<String> kept = new ArrayList<>(Specials.ALL);
    for (Map.Entry<String, int[]> e : ordered.subList(0, Math.min(maxVocab, ordered.size()))) {
      boolean special = Specials.ALL.contains(e.getKey()) || e.getKey().equals(Specials.FAKE);
      if (e.getValue()[0] >= minFreq && kept.size() < maxVocab && !special) {
        kept.add(e.getKey());
      }
    }
    kept.addAll(Collections.nCopies(MULTIPLE - kept.size() % MULTIPLE, Specials.FAKE));
    return new Vocab(kept);
  }

  /**
   * A vocabulary as it was, such as that of a trained model.
   *
   * @throws IllegalArgumentException if a token occurs twice, or the first two are not {@code
   *     xxunk} and {@code xxpad}
   */
  public static Vocab ofTokens(List<String> tokens) {
    if (tokens.size() < 2 || !tokens.subList(0, 2).equals(Specials.ALL.subList(0, 2))) {
      throw new IllegalArgumentException(
          "Vocab expects xxunk and xxpad first, got "
              + tokens.subList(0, Math.min(2, tokens.size())));
    }
    return new Vocab(tokens);
  }

  /** Returns the tokens in the order of their numbers. */
  public List<String> tokens() {
    return tokens;
  }

  /** Returns the number of tokens, with those that only fill up. */
  public int size() {
    return tokens.size();
  }

  /** Returns a token's number; that of {@code xxunk} when it is none of these. */
  public int indexOf(String token) {
    return numbers.getOrDefault(token, Specials.UNK_ID);
  }

  /**
   * Returns the token of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String token(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new IllegalArgumentException(
          "token " + id + " is outside the vocabulary of " + tokens.size());
    }
    return tokens.get(id);
  }

  /** Returns the numbers of some tokens. */
  public int[] encode(List<String> text) {
    int[] ids = new int[text.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = indexOf(text.get(i));
    }
    return ids;
  }

  /** Returns the tokens of some numbers, without those that are padding. */
  public List<String> decode(int... ids) {
    List<String> text = new ArrayList<>(ids.length);
    for (int id : ids) {
      if (id != Specials.PAD_ID) {
        text.add(token(id));
      }
    }
    return text;
  }

  @Override
  public String toString() {
    return "Vocab of %d tokens".formatted(size());
  }
}
