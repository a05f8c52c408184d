package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.onecycle.data.Transform;
import org.onecycle.data.TransformBlock;
import org.onecycle.loss.CrossEntropyLossFlat;

/**
 * Blocks for texts, given as Strings or as Paths of files. The vocabulary is that of the training
 * texts, unless one is given; texts are split once and remembered as numbers.
 *
 * <pre>{@code
 * var reviews =
 *     DataBlock.<Path, Row>builder(csv -> CsvRows.read(csv))
 *         .blocks(TextBlock.of(), CategoryBlock.of())
 *         .getX(ColReader.of("text"))
 *         .getY(ColReader.of("label"))
 *         .splitter(Splitters.col("is_valid"))
 *         .build();
 * DataLoaders dls = reviews.dataLoaders(csv);
 * List<String> words = dls.vocabs().get(0);
 *
 * var films =
 *     DataBlock.<Path, Path>builder(folder -> TextFiles.get(folder))
 *         .blocks(TextBlock.languageModel(o -> o.minFreq(2)))
 *         .build();
 * }</pre>
 */
public final class TextBlock {
  private TextBlock() {}

  /** Texts of a classifier, with fastai's defaults. */
  public static TransformBlock of() {
    return of(options -> options);
  }

  /**
   * Texts of a classifier: INT64 {@code [N, L]}, batches of like length, filled up as {@link
   * SortedDataLoader} says. A text without tokens is read as one {@code xxunk}.
   */
  public static TransformBlock of(UnaryOperator<TextBlockBuilder> options) {
    return options.apply(new TextBlockBuilder()).build(false);
  }

  /** Texts of a language model, with fastai's defaults. */
  public static TransformBlock languageModel() {
    return languageModel(options -> options);
  }

  /**
   * Texts of a language model: x and y INT64 {@code [N, T]} as {@link LMDataLoader} says. It is the
   * only block: the targets are the words that follow.
   */
  public static TransformBlock languageModel(UnaryOperator<TextBlockBuilder> options) {
    return options.apply(new TextBlockBuilder()).build(true);
  }

  static TransformBlock classifier(Tokenizer tokenizer, Numericalize numbers, int seqLen) {
    return block(tokenizer, numbers, false).withLoaders(new SortedTexts(seqLen)).madeOnce();
  }

  static TransformBlock languageModel(Tokenizer tokenizer, Numericalize numbers, int seqLen) {
    // Its loaders read every text once and keep the numbers: nothing else has to.
    return block(tokenizer, numbers, true)
        .withLoaders(new LMTexts(seqLen))
        .withLoss(new CrossEntropyLossFlat());
  }

  private static TransformBlock block(Tokenizer tokenizer, Numericalize numbers, boolean lm) {
    return TransformBlock.of(
        "TextBlock",
        () -> {
          List<Transform<?, ?>> steps = new ArrayList<>();
          steps.add(new Tokenize(tokenizer));
          steps.add(numbers.fresh());
          if (!lm) {
            steps.add(new Something());
          }
          return steps;
        });
  }
}
