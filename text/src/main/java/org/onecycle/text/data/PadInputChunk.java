package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.data.Collate;
import org.onecycle.data.HostBatch;
import org.onecycle.data.Sample;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;

/**
 * Makes batches of texts: every text member becomes INT64 {@code [N, L]} by {@link
 * Padding#padInputChunk}; other members are stacked.
 *
 * @param padId the token that fills up
 * @param padFirst whether whole chunks of padding stand before a text
 * @param seqLen the length of a chunk
 */
public record PadInputChunk(int padId, boolean padFirst, int seqLen)
    implements Collate, Exportable {

  /** fastai's: {@code xxpad}, before the text, in chunks of 72. */
  public PadInputChunk() {
    this(Specials.PAD_ID, true, LMDataLoader.SEQ_LEN);
  }

  /** Checks the length. */
  public PadInputChunk {
    if (seqLen < 1) {
      throw new IllegalArgumentException("PadInputChunk expects seqLen from 1, got " + seqLen);
    }
  }

  @Override
  public Spec spec() {
    return new Spec(
        "text.pad_input_chunk",
        Spec.object().put("pad_id", padId).put("pad_first", padFirst).put("seq_len", seqLen));
  }

  @Override
  public HostBatch collate(List<Sample> samples, int[] indices) {
    Sample first = samples.get(0);
    List<Sample> padded = new ArrayList<>();
    int[] lengths = new int[first.size()];
    for (Sample s : samples) {
      for (int m = 0; m < lengths.length; m++) {
        lengths[m] = s.get(m) instanceof TextIds t ? Math.max(lengths[m], t.length()) : lengths[m];
      }
    }
    for (Sample s : samples) {
      List<Object> members = new ArrayList<>(s.members());
      for (int m = 0; m < lengths.length; m++) {
        if (members.get(m) instanceof TextIds t) {
          int length = Padding.rounded(lengths[m], seqLen);
          members.set(m, new TextIds(Padding.padChunk(t.ids(), padId, padFirst, seqLen, length)));
        }
      }
      padded.add(new Sample(members, s.nInp()));
    }
    return Collate.stack().collate(padded, indices);
  }
}
