package org.onecycle.text.data;

import org.onecycle.data.TransformBlock;

/** Options of a {@link TextBlock}; the defaults are fastai's. */
public final class TextBlockBuilder {
  private Tokenizer tokenizer = Tokenizer.words();
  private Vocab vocab;
  private int minFreq = Vocab.MIN_FREQ;
  private int maxVocab = Vocab.MAX_VOCAB;
  private int seqLen = LMDataLoader.SEQ_LEN;

  TextBlockBuilder() {}

  /** How texts are split; by default {@link Tokenizer#words}. */
  public TextBlockBuilder tokenizer(Tokenizer value) {
    this.tokenizer = value;
    return this;
  }

  /** The vocabulary of a trained model; by default it is made of the training texts. */
  public TextBlockBuilder vocab(Vocab value) {
    this.vocab = value;
    return this;
  }

  /** How often a token has to occur in the training texts; 3 by default. */
  public TextBlockBuilder minFreq(int value) {
    this.minFreq = value;
    return this;
  }

  /** How many tokens are kept; 60,000 by default. */
  public TextBlockBuilder maxVocab(int value) {
    this.maxVocab = value;
    return this;
  }

  /** Tokens in a row of a language model, or in a chunk of a classifier; 72 by default. */
  public TextBlockBuilder seqLen(int value) {
    this.seqLen = value;
    return this;
  }

  TransformBlock build(boolean languageModel) {
    if (seqLen < 1) {
      throw new IllegalArgumentException("TextBlock expects seqLen from 1, got " + seqLen);
    }
    Numericalize numbers =
        vocab == null ? new Numericalize(minFreq, maxVocab) : new Numericalize(vocab);
    return languageModel
        ? TextBlock.languageModel(tokenizer, numbers, seqLen)
        : TextBlock.classifier(tokenizer, numbers, seqLen);
  }
}
