package org.onecycle.text.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.Scope;
import org.onecycle.backend.Binary;
import org.onecycle.nn.Module;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Runs an AWD-LSTM over whole texts in chunks: backpropagation through time for text
 * classification, BPT3C. Howard and Ruder 2018, arXiv 1801.06146.
 *
 * <p>Texts {@code [N, L]} are sorted, longest first, and padded so that each begins with a chunk:
 * whole chunks of padding in front, the rest behind. A text joins when it begins, with a zero
 * state. The state goes on from chunk to chunk without its gradient; outputs, and so gradients and
 * memory, are kept of the chunks within the last {@code maxLen} words only.
 *
 * <p>What a text gives does not depend on the others in its batch.
 */
public final class SentenceEncoder extends Module implements Resettable {
  private final int bptt;
  private final int maxLen;
  private final AwdLstm module;
  private final int keptChunks;
  private final RowRule rule;

  /**
   * Makes an encoder.
   *
   * @param bptt the length of a chunk; fastai's default is 72
   * @param maxLen how many words outputs are kept of, in whole chunks; fastai's default is 1440
   * @throws IllegalArgumentException if maxLen is less than a chunk
   */
  public SentenceEncoder(int bptt, AwdLstm module, int maxLen) {
    this(bptt, module, maxLen, RowRule.BEGUN);
  }

  SentenceEncoder(int bptt, AwdLstm module, int maxLen, RowRule rule) {
    if (bptt < 1 || maxLen < bptt) {
      throw new IllegalArgumentException(
          "SentenceEncoder expects 1 <= bptt <= maxLen, got " + bptt + " and " + maxLen);
    }
    this.bptt = bptt;
    this.maxLen = maxLen;
    this.module = add("module", module);
    this.keptChunks = maxLen / bptt;
    this.rule = rule;
  }

  /** Returns the recurrent model. */
  public AwdLstm module() {
    return module;
  }

  /** Returns the length of a chunk. */
  public int bptt() {
    return bptt;
  }

  /** Returns how many words outputs are kept of. */
  public int maxLen() {
    return maxLen;
  }

  @Override
  public void reset() {
    module.reset();
  }

  /** Returns the outputs of {@link #encode}. */
  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException("SentenceEncoder expects one input, got " + inputs.length);
    }
    return encode(inputs[0]).output();
  }

  /**
   * Encodes a batch of texts {@code [N, L]}.
   *
   * @return outputs and mask of the last {@code maxLen} words
   * @throws IllegalArgumentException if a text begins before a longer one above it
   */
  public EncodedTexts encode(Tensor batch) {
    Tensor texts = batch;
    if (texts.rank() != 2 || texts.numel() == 0 || texts.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "SentenceEncoder expects word numbers [N, L], got " + Arrays.toString(texts.shape()));
    }
    long pad = module.config().padToken();
    int rows = (int) texts.size(0);
    int length = (int) texts.size(1);
    long[] words = texts.toLongs();
    int chunks = (length + bptt - 1) / bptt;
    if (chunks > keptChunks) {
      words = aligned(words, rows, length, pad, chunks);
      length = chunks * bptt;
      texts = Tensor.of(words, rows, length);
    }
    int firstKept = Math.max(0, chunks - keptChunks);
    int[] counts = rule.counts(words, rows, length, pad, bptt);
    List<Tensor> outs = new ArrayList<>();
    reset();
    for (int i = 0; i < chunks; i++) {
      int from = i * bptt;
      int to = Math.min(from + bptt, length);
      int begun = counts[i];
      boolean kept = i >= firstKept;
      if (kept && begun > 0) {
        outs.add(padded(module.call(part(texts, begun, from, to)), rows));
      } else if (kept) {
        outs.add(zeros(rows, to - from));
      } else if (begun > 0) {
        try (Scope s = Scope.open();
            NoGrad off = NoGrad.on()) {
          module.call(part(texts, begun, from, to));
        }
      }
    }
    Tensor kept = texts.slice(1, (long) firstKept * bptt, length);
    return new EncodedTexts(
        Tensor.cat(1, outs.toArray(new Tensor[0])), kept.compare(Binary.EQ, pad));
  }

  /**
   * Returns the texts moved back by whole chunks so that each ends in the last one: only then are
   * the same words of a text kept, whatever the batch's length.
   */
  private long[] aligned(long[] words, int rows, int length, long pad, int chunks) {
    long[] out = new long[rows * chunks * bptt];
    Arrays.fill(out, pad);
    for (int r = 0; r < rows; r++) {
      int end = length;
      while (end > 0 && words[r * length + end - 1] == pad) {
        end--;
      }
      int shift = end == 0 ? 0 : (chunks - (end + bptt - 1) / bptt) * bptt;
      System.arraycopy(words, r * length, out, r * chunks * bptt + shift, end);
    }
    return out;
  }

  private static Tensor part(Tensor texts, int rows, int from, int to) {
    return texts.slice(0, 0, rows).slice(1, from, to);
  }

  private Tensor padded(Tensor out, int rows) {
    int missing = rows - (int) out.size(0);
    return missing == 0 ? out : Tensor.cat(0, out, zeros(missing, (int) out.size(1)));
  }

  private Tensor zeros(int rows, int steps) {
    return Tensor.full(
        0, module.encoder().weight().tensor().dtype(), rows, steps, module.config().embSize());
  }
}
