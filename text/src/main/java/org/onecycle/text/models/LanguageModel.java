package org.onecycle.text.models;

import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * An AWD-LSTM and a decoder: from words {@code [N, T]} to the next words' logits {@code [N, T,
 * words]}, the state going on from call to call.
 */
public final class LanguageModel extends Module implements RnnOutputs, Resettable, Exportable {
  private final AwdLstm encoder;
  private final LinearDecoder decoder;
  private Tensor raw;

  /** Makes a model with first values from {@link Init#rng()}. */
  public LanguageModel(int vocabSize, AwdLstmConfig config) {
    encoder = add("0", new AwdLstm(vocabSize, config));
    double p = config.dropouts().output();
    decoder =
        add(
            "1",
            config.tieWeights()
                ? new LinearDecoder(encoder.encoder().weight(), p, config.outBias())
                : new LinearDecoder(vocabSize, config.embSize(), p, config.outBias()));
  }

  /** Makes a model with first values from this generator. */
  public static LanguageModel of(int vocabSize, AwdLstmConfig config, Rng rng) {
    return Init.with(rng, () -> new LanguageModel(vocabSize, config));
  }

  /** Returns the encoder. */
  public AwdLstm encoder() {
    return encoder;
  }

  /** Returns the decoder. */
  public LinearDecoder decoder() {
    return decoder;
  }

  @Override
  public Spec spec() {
    return new Spec(TextModelExports.LANGUAGE_MODEL, TextModelExports.settings(encoder));
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    raw = encoder.call(inputs);
    return decoder.call(raw);
  }

  @Override
  public Tensor rawOutput() {
    return raw;
  }

  @Override
  public Tensor droppedOutput() {
    return decoder.droppedOutput();
  }

  @Override
  public void reset() {
    encoder.reset();
  }
}
