package org.onecycle.text.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** A sentence encoder and a pooling classifier: from texts {@code [N, L]} to logits. */
public final class TextClassifier extends Module implements RnnOutputs, Resettable, Exportable {
  private static final int HEAD_SIZE = 50;
  private static final double HEAD_P = .1;
  private static final int BPTT = 72;
  private static final int MAX_LEN = 20 * BPTT;

  private final SentenceEncoder encoder;
  private final PoolingLinearClassifier head;
  private Tensor outputs;

  /** Puts the two together. */
  public TextClassifier(SentenceEncoder encoder, PoolingLinearClassifier head) {
    this.encoder = add("0", encoder);
    this.head = add("1", head);
  }

  /**
   * Makes a model with fastai's head, of sizes {@code 3 embSize, 50, classes} and dropouts {@code
   * output, .1}, first values from {@link Init#rng()}.
   *
   * @param bptt the length of a chunk
   * @param maxLen how many words at the end of a text outputs are kept of
   */
  public TextClassifier(int vocabSize, int classes, AwdLstmConfig config, int bptt, int maxLen) {
    this(
        new SentenceEncoder(bptt, new AwdLstm(vocabSize, config), maxLen),
        new PoolingLinearClassifier(
            List.of(3 * config.embSize(), HEAD_SIZE, classes),
            List.of(config.dropouts().output(), HEAD_P)));
  }

  /** Makes a model with fastai's defaults and first values from this generator. */
  public static TextClassifier of(int vocabSize, int classes, AwdLstmConfig config, Rng rng) {
    return Init.with(rng, () -> new TextClassifier(vocabSize, classes, config, BPTT, MAX_LEN));
  }

  /** Returns the encoder. */
  public SentenceEncoder encoder() {
    return encoder;
  }

  /** Returns the classifier on top. */
  public PoolingLinearClassifier head() {
    return head;
  }

  @Override
  public Spec spec() {
    ObjectNode settings = TextModelExports.settings(encoder.module());
    settings.put("bptt", encoder.bptt()).put("max_len", encoder.maxLen());
    settings.set("dims", Json.integers(head.dims()));
    settings.set("ps", Json.numbers(head.ps().stream().mapToDouble(p -> p).toArray()));
    return new Spec(TextModelExports.CLASSIFIER, settings);
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException("TextClassifier expects one input, got " + inputs.length);
    }
    EncodedTexts encoded = encoder.encode(inputs[0]);
    outputs = encoded.output();
    return head.call(outputs, encoded.mask());
  }

  @Override
  public Tensor rawOutput() {
    return outputs;
  }

  @Override
  public Tensor droppedOutput() {
    return outputs;
  }

  @Override
  public void reset() {
    encoder.reset();
  }
}
