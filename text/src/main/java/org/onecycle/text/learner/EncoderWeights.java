package org.onecycle.text.learner;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.io.Weights;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/** fastai's weights of AWD-LSTMs: cleaned, fitted to another vocabulary, read and written. */
final class EncoderWeights {
  private static final String EMBEDDING = "0.encoder.weight";
  private static final String DROPPED_EMBEDDING = "0.encoder_dp.emb.weight";
  private static final String DECODER = "1.decoder.weight";
  private static final String DECODER_BIAS = "1.decoder.bias";

  private EncoderWeights() {}

  static Map<String, Tensor> read(Path file) {
    return cleaned(Weights.read(file).stateDict());
  }

  static void write(Path file, Module module) {
    Weights.save(file, module.stateDict());
  }

  /** Leaves out dropped copies of weights that are there raw, as older versions wrote them. */
  static Map<String, Tensor> cleaned(Map<String, Tensor> weights) {
    Map<String, Tensor> out = new LinkedHashMap<>(weights);
    out.keySet().removeIf(name -> weights.containsKey(name.replace(".module.", ".") + "_raw"));
    return out;
  }

  /**
   * Puts the words' rows in the order of another vocabulary; a word that was not there before gets
   * the mean of all.
   *
   * @throws IllegalArgumentException if the weights have fewer rows than the old vocabulary words
   */
  static Map<String, Tensor> matchEmbeds(
      Map<String, Tensor> weights, List<String> oldVocab, List<String> newVocab) {
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i < oldVocab.size(); i++) {
      at.putIfAbsent(oldVocab.get(i), i);
    }
    Map<String, Tensor> out = new LinkedHashMap<>(weights);
    Tensor embedding = weights.get(EMBEDDING);
    if (embedding == null || embedding.rank() != 2 || embedding.size(0) < oldVocab.size()) {
      throw new IllegalArgumentException(
          "These weights have no " + EMBEDDING + " of at least " + oldVocab.size() + " rows");
    }
    Tensor matched = rows(embedding, at, newVocab);
    out.put(EMBEDDING, matched);
    out.put(DROPPED_EMBEDDING, matched);
    out.put(DECODER, matched);
    Tensor bias = weights.get(DECODER_BIAS);
    if (bias != null) {
      out.put(DECODER_BIAS, rows(bias.unsqueeze(1), at, newVocab).squeeze(1));
    }
    return out;
  }

  private static Tensor rows(Tensor old, Map<String, Integer> at, List<String> vocab) {
    long mean = old.size(0);
    long[] rows = vocab.stream().mapToLong(w -> at.containsKey(w) ? at.get(w) : mean).toArray();
    Tensor withMean = Tensor.cat(0, old, old.mean(0).unsqueeze(0));
    return withMean.indexSelect(0, Tensor.of(rows, rows.length));
  }
}
