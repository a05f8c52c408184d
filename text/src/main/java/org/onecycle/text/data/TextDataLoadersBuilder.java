package org.onecycle.text.data;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.onecycle.data.CategoryMap;
import org.onecycle.data.DataLoader;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;

/** Options of {@link TextDataLoaders}; the defaults are fastai's. */
public final class TextDataLoadersBuilder {
  private final BiFunction<Tokenizer, Integer, List<List<String>>> texts;
  private final List<String> labels;
  private final Splits splits;
  private final IntFunction<String> names;
  private Tokenizer tokenizer = Tokenizer.words();
  private Vocab vocab;
  private int minFreq = Vocab.MIN_FREQ;
  private int maxVocab = Vocab.MAX_VOCAB;
  private int bs = LMDataLoader.BS;
  private int seqLen = LMDataLoader.SEQ_LEN;
  private LoaderOptions options = LoaderOptions.defaults();

  /**
   * The texts are split when the tokenizer is known; labels are null where there are none.
   *
   * @param names what errors call a text
   */
  TextDataLoadersBuilder(
      BiFunction<Tokenizer, Integer, List<List<String>>> texts,
      List<String> labels,
      Splits splits,
      IntFunction<String> names) {
    this.texts = texts;
    this.labels = labels;
    this.splits = splits;
    this.names = names;
    for (Split part : Split.values()) {
      if (splits.of(part).length == 0) {
        throw new IllegalArgumentException("TextDataLoaders: there are no texts to " + part);
      }
    }
  }

  /** How texts are split; by default {@link Tokenizer#words}. */
  public TextDataLoadersBuilder tokenizer(Tokenizer value) {
    this.tokenizer = value;
    return this;
  }

  /** The vocabulary of a trained model; by default it is made of the training texts. */
  public TextDataLoadersBuilder vocab(Vocab value) {
    this.vocab = value;
    return this;
  }

  /** How often a token has to occur in the training texts; 3 by default. */
  public TextDataLoadersBuilder minFreq(int value) {
    this.minFreq = value;
    return this;
  }

  /** How many tokens are kept; 60,000 by default. */
  public TextDataLoadersBuilder maxVocab(int value) {
    this.maxVocab = value;
    return this;
  }

  /** Rows of a batch; 64 by default. */
  public TextDataLoadersBuilder bs(int value) {
    this.bs = value;
    return this;
  }

  /** Tokens in a row of a language model, or in a chunk of a classifier; 72 by default. */
  public TextDataLoadersBuilder seqLen(int value) {
    this.seqLen = value;
    return this;
  }

  /** Decides every draw; {@value LoaderOptions#DEFAULT_SEED} by default. */
  public TextDataLoadersBuilder seed(long value) {
    this.options = options.withSeed(value);
    return this;
  }

  /** Threads that split texts and read batches, 0 for the caller's; by default the processors. */
  public TextDataLoadersBuilder workers(int value) {
    this.options = options.withWorkers(value);
    return this;
  }

  /**
   * Splits the texts and makes the loaders of a language model.
   *
   * @throws IllegalArgumentException if the texts of a part do not fill a batch
   */
  public TextDataLoaders languageModel() {
    return build(true);
  }

  /**
   * Splits the texts and makes the loaders of a classifier.
   *
   * @throws IllegalArgumentException if there are no labels, or all training texts have the same,
   *     if a label is in the validation part only (the text is named), or the training texts do not
   *     fill a batch
   */
  public TextDataLoaders classifier() {
    if (labels == null) {
      throw new IllegalArgumentException("a classifier expects labels, got texts alone");
    }
    return build(false);
  }

  private TextDataLoaders build(boolean languageModel) {
    List<List<String>> tokens = texts.apply(tokenizer, options.workers());
    int[] train = splits.train();
    Vocab words =
        vocab == null
            ? Vocab.of(IntStream.of(train).mapToObj(tokens::get).toList(), minFreq, maxVocab)
            : vocab;
    CategoryMap classes = languageModel ? null : classes(train);
    TextDataLoaders.Recipe recipe =
        new TextDataLoaders.Recipe(tokenizer, words, classes, bs, seqLen, options);
    return new TextDataLoaders(
        recipe, part(Split.TRAIN, tokens, recipe), part(Split.VALID, tokens, recipe));
  }

  private CategoryMap classes(int... train) {
    CategoryMap found = CategoryMap.of(IntStream.of(train).mapToObj(labels::get).toList());
    if (found.size() == 1) {
      throw new IllegalArgumentException(
          "a classifier expects at least two classes among the %d training texts, got only '%s'"
              .formatted(train.length, found.label(0)));
    }
    return found;
  }

  private DataLoader part(Split part, List<List<String>> tokens, TextDataLoaders.Recipe recipe) {
    int[] items = splits.of(part);
    int[] ys =
        recipe.classes() == null
            ? null
            : IntStream.of(items).map(i -> recipe.number(labels.get(i), names.apply(i))).toArray();
    return recipe.loader(IntStream.of(items).mapToObj(tokens::get).toList(), ys, part);
  }
}
