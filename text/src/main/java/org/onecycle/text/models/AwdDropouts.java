package org.onecycle.text.models;

/**
 * The five dropouts of an AWD-LSTM.
 *
 * @param output of the last layer's outputs (before the decoder or classifier)
 * @param hidden of the outputs between layers, constant over time
 * @param input of the embedded words, constant over time
 * @param embed of whole words
 * @param weight of the hidden-to-hidden weights
 */
public record AwdDropouts(double output, double hidden, double input, double embed, double weight) {
  /** None at all. */
  public static final AwdDropouts NONE = new AwdDropouts(0, 0, 0, 0, 0);

  /** fastai's for language models. */
  public static final AwdDropouts LANGUAGE_MODEL = new AwdDropouts(.1, .15, .25, .02, .2);

  /** fastai's for classifiers. */
  public static final AwdDropouts CLASSIFIER = new AwdDropouts(.4, .3, .4, .05, .5);

  /** Returns all five multiplied. */
  public AwdDropouts times(double mult) {
    return new AwdDropouts(output * mult, hidden * mult, input * mult, embed * mult, weight * mult);
  }
}
