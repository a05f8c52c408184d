package org.onecycle.text.learner;

import org.onecycle.text.models.AwdLstmConfig;

/**
 * Options of text learners.
 *
 * @param config sizes and dropouts of the model
 * @param dropMult what all of the config's dropouts are multiplied with
 * @param alpha the weight of activation regularisation
 * @param beta the weight of temporal activation regularisation
 * @param bptt the length of a classifier's chunks
 * @param maxLen how many words at the end of a text a classifier keeps outputs of
 * @param seed decides the first values of the parameters
 */
public record TextOptions(
    AwdLstmConfig config,
    double dropMult,
    double alpha,
    double beta,
    int bptt,
    int maxLen,
    long seed) {
  /** fastai's for language models: no change to the dropouts. */
  public static final TextOptions LANGUAGE_MODEL =
      new TextOptions(AwdLstmConfig.LANGUAGE_MODEL, 1, 2, 1, 72, 1440, 42);

  /** fastai's for classifiers: half the dropouts. */
  public static final TextOptions CLASSIFIER =
      new TextOptions(AwdLstmConfig.CLASSIFIER, .5, 2, 1, 72, 1440, 42);

  /** Returns the options with another model. */
  public TextOptions withConfig(AwdLstmConfig other) {
    return new TextOptions(other, dropMult, alpha, beta, bptt, maxLen, seed);
  }

  /** Returns the options with another multiplier of dropouts. */
  public TextOptions withDropMult(double mult) {
    return new TextOptions(config, mult, alpha, beta, bptt, maxLen, seed);
  }

  /** Returns the options with other weights of the two regularisations. */
  public TextOptions withRegularization(double ar, double tar) {
    return new TextOptions(config, dropMult, ar, tar, bptt, maxLen, seed);
  }

  /** Returns the options with other lengths of chunks and of what is kept. */
  public TextOptions withLengths(int chunk, int kept) {
    return new TextOptions(config, dropMult, alpha, beta, chunk, kept, seed);
  }

  /** Returns the options with another seed. */
  public TextOptions withSeed(long other) {
    return new TextOptions(config, dropMult, alpha, beta, bptt, maxLen, other);
  }

  AwdLstmConfig model() {
    return config.dropMult(dropMult);
  }
}
