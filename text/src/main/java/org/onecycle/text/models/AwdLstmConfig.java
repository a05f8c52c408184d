package org.onecycle.text.models;

/**
 * Sizes and dropouts of an AWD-LSTM.
 *
 * @param embSize the size of a word's vector, and of the last layer's outputs
 * @param hidden the size of the outputs of the other layers
 * @param layers the number of LSTMs
 * @param padToken the number of the padding word
 * @param dropouts the five dropouts
 * @param tieWeights whether the decoder's weight is the embedding's
 * @param outBias whether the decoder has a bias
 */
public record AwdLstmConfig(
    int embSize,
    int hidden,
    int layers,
    long padToken,
    AwdDropouts dropouts,
    boolean tieWeights,
    boolean outBias) {
  /** fastai's language model: 400, 1152, three layers. */
  public static final AwdLstmConfig LANGUAGE_MODEL =
      new AwdLstmConfig(400, 1152, 3, 1, AwdDropouts.LANGUAGE_MODEL, true, true);

  /** fastai's classifier: the same sizes, more dropout. */
  public static final AwdLstmConfig CLASSIFIER =
      LANGUAGE_MODEL.withDropouts(AwdDropouts.CLASSIFIER);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is less than one
   */
  public AwdLstmConfig {
    if (embSize < 1 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "An AWD-LSTM expects sizes of 1 or more, got %d, %d, %d"
              .formatted(embSize, hidden, layers));
    }
  }

  /** Returns the configuration with other sizes. */
  public AwdLstmConfig withSizes(int emb, int hid, int nLayers) {
    return new AwdLstmConfig(emb, hid, nLayers, padToken, dropouts, tieWeights, outBias);
  }

  /** Returns the configuration with other dropouts. */
  public AwdLstmConfig withDropouts(AwdDropouts other) {
    return new AwdLstmConfig(embSize, hidden, layers, padToken, other, tieWeights, outBias);
  }

  /** Returns the configuration with the decoder's weight its own or the embedding's. */
  public AwdLstmConfig withTieWeights(boolean tied) {
    return new AwdLstmConfig(embSize, hidden, layers, padToken, dropouts, tied, outBias);
  }

  /** Returns the configuration with a decoder with or without bias. */
  public AwdLstmConfig withOutBias(boolean bias) {
    return new AwdLstmConfig(embSize, hidden, layers, padToken, dropouts, tieWeights, bias);
  }

  /** Returns the configuration with all dropouts multiplied: fastai's {@code drop_mult}. */
  public AwdLstmConfig dropMult(double mult) {
    return withDropouts(dropouts.times(mult));
  }
}
