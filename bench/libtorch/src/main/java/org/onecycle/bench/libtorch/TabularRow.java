package org.onecycle.bench.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.bench.libtorch.Layers.Dense;
import org.onecycle.bench.libtorch.Layers.Norm;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;

/** Training on rows of a table. */
final class TabularRow {
  private static final double EMBEDDING_RANGE = .01;

  private TabularRow() {}

  static Work of(Engine engine, InputFolder in) {
    NDManager manager = NDManager.newBaseManager();
    Params p = new Params(manager);
    int[] n = in.sizesOf("cardinalities");
    int[] dims = in.sizesOf("emb");
    NDArray cats = VisionRows.longs(manager, in, "cats");
    NDArray conts = VisionRows.floats(manager, in, "conts");
    NDArray y = VisionRows.longs(manager, in, "y");
    int size = (int) conts.getShape().get(1);
    Norm bnCont = Norm.of(p, size);
    List<NDArray> tables = new ArrayList<>();
    for (int i = 0; i < n.length; i++) {
      tables.add(p.uniform(EMBEDDING_RANGE, n[i], dims[i]));
      size += dims[i];
    }
    List<Dense> layers = new ArrayList<>();
    List<Norm> norms = new ArrayList<>();
    for (int h : in.sizesOf("hidden")) {
      layers.add(Dense.of(p, size, h, false));
      norms.add(Norm.of(p, h));
      size = h;
    }
    Dense last = Dense.of(p, size, in.size("classes"), true);
    return new Training(
        engine,
        p,
        cats.getShape().get(0),
        step -> {
          NDList parts = new NDList();
          NDArray codes = Training.in(step, cats);
          for (int i = 0; i < tables.size(); i++) {
            NDArray column = codes.get(":, " + i);
            parts.add(
                Embedding.embedding(column, tables.get(i), SparseFormat.DENSE).singletonOrThrow());
          }
          parts.add(bnCont.apply(Training.in(step, conts), true));
          NDArray x = NDArrays.concat(parts, 1);
          for (int i = 0; i < layers.size(); i++) {
            x = norms.get(i).apply(Activation.relu(layers.get(i).apply(x)), true);
          }
          return Layers.crossEntropy(last.apply(x), y);
        });
  }
}
