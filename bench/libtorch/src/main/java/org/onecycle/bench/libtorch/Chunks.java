package org.onecycle.bench.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import org.onecycle.bench.work.InputFolder;

/** Encodes padded texts in chunks and makes one vector of each one's outputs. */
final class Chunks {
  private static final float LOWEST = -1e30f;

  private final int bptt;
  private final int rows;
  private final int width;
  private final int[] begun;
  private final NDArray keep;
  private final NDArray hide;
  private final NDArray lengths;
  private final NDArray last;

  Chunks(NDManager manager, InputFolder in) {
    bptt = in.size("bptt");
    rows = (int) in.shape("x")[0];
    width = (int) in.shape("x")[1];
    begun = new int[(width + bptt - 1) / bptt];
    long[] x = in.longs("x");
    float[] words = new float[x.length];
    float[] low = new float[x.length];
    float[] counts = new float[rows];
    long[] ends = new long[rows];
    for (int i = 0; i < x.length; i++) {
      int row = i / width;
      boolean word = x[i] != in.size("pad");
      words[i] = word ? 1 : 0;
      low[i] = word ? 0 : LOWEST;
      counts[row] += words[i];
      ends[row] = word ? i : ends[row];
      begun[i % width / bptt] += word && i % width % bptt == 0 ? 1 : 0;
    }
    keep = manager.create(words, new Shape(rows, width, 1));
    hide = manager.create(low, new Shape(rows, width, 1));
    lengths = manager.create(counts, new Shape(rows, 1));
    last = manager.create(ends);
  }

  /** Computes outputs {@code [N, T, emb]}, zero where a text has not begun. */
  NDArray encode(NDManager step, Encoder encoder, NDArray words) {
    encoder.reset();
    NDList outs = new NDList();
    for (int i = 0; i < begun.length; i++) {
      int to = Math.min(width, (i + 1) * bptt);
      NDArray part = words.get(":%d, %d:%d".formatted(begun[i], i * bptt, to));
      NDArray out = encoder.apply(step, part);
      if (begun[i] < rows) {
        long size = out.getShape().get(2);
        out = out.concat(step.zeros(new Shape(rows - begun[i], to - i * bptt, size)), 0);
      }
      outs.add(out);
    }
    return NDArrays.concat(outs, 1);
  }

  /** Returns the last output, the maximum and the mean over the words, {@code [N, 3 emb]}. */
  NDArray pool(NDManager step, NDArray out) {
    NDArray mean = out.mul(keep).sum(new int[] {1}).div(lengths);
    NDArray high = out.add(hide).max(new int[] {1});
    NDArray flat = out.reshape(new Shape((long) rows * width, out.getShape().get(2)));
    NDArray end =
        Embedding.embedding(Training.in(step, last), flat, SparseFormat.DENSE).singletonOrThrow();
    return NDArrays.concat(new NDList(end, high, mean), 1);
  }
}
