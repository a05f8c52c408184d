package org.onecycle.tabular;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.BatchNormOptions;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.Init;
import org.onecycle.nn.LinBnDrop;
import org.onecycle.nn.Module;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.SigmoidRange;
import org.onecycle.tensor.Tensor;

/**
 * fastai's model of tables: embeddings of categorical columns beside batch-normed continuous ones,
 * then groups of linear layer, activation, batch norm and dropout, then a last linear layer.
 *
 * <p>From INT64 {@code [N, categorical]} and FLOAT {@code [N, continuous]}, whichever there are, to
 * {@code [N, out]}. Parameters are named {@code embeds.0.weight}, {@code bn_cont.weight}, {@code
 * layers.0.0.weight} and so on, as fastai's.
 *
 * <p>Guo and Berkhahn 2016, arXiv 1604.06737.
 */
public final class TabularModel extends Module implements Exportable {
  private static final long LARGEST_COPY = 1 << 18;

  private final List<EmbSz> sizes;
  private final int outSz;
  private final List<Integer> hidden;
  private final TabularConfig config;
  private final List<Embedding> embeds = new ArrayList<>();
  private final Dropout embDrop;
  private final Module bnCont;
  private final int nCont;
  private final Sequential layers;

  /**
   * Makes the model.
   *
   * @param embSzs sizes of the embeddings of the categorical columns
   * @param nCont number of continuous columns
   * @param outSz number of outputs
   * @param hidden sizes of the hidden layers
   */
  public TabularModel(
      List<EmbSz> embSzs, int nCont, int outSz, List<Integer> hidden, TabularConfig config) {
    if (embSzs.isEmpty() && nCont < 1) {
      throw new IllegalArgumentException("TabularModel expects columns, got none");
    }
    this.sizes = List.copyOf(embSzs);
    this.outSz = outSz;
    this.hidden = List.copyOf(hidden);
    this.config = config;
    this.nCont = nCont;
    int in = nCont;
    for (EmbSz e : embSzs) {
      embeds.add(new Embedding(e.n(), e.dim(), Init.truncNormal(0, 0.01)));
      in += e.dim();
    }
    add("embeds", new Sequential(embeds));
    embDrop = add("emb_drop", new Dropout(config.embedP()));
    bnCont =
        config.bnCont() && nCont > 0
            ? add("bn_cont", new BatchNorm1d(nCont, BatchNormOptions.DEFAULT))
            : null;
    layers = add("layers", layers(in, outSz, hidden, config));
  }

  private static Sequential layers(int in, int out, List<Integer> hidden, TabularConfig config) {
    List<Module> all = new ArrayList<>();
    double[] ps = config.dropouts(hidden.size());
    int size = in;
    for (int i = 0; i < hidden.size(); i++) {
      all.add(
          new LinBnDrop(size, hidden.get(i))
              .withBn(config.useBn())
              .withDropout(ps[i])
              .withAct(config.act().get())
              .withLinFirst(config.linFirst())
              .module());
      size = hidden.get(i);
    }
    all.add(
        new LinBnDrop(size, out)
            .withBn(config.useBn() && config.bnFinal())
            .withLinFirst(config.linFirst())
            .module());
    if (config.yRange() != null) {
      all.add(new SigmoidRange(config.yRange()[0], config.yRange()[1]));
    }
    return new Sequential(all);
  }

  /** Returns the embeddings by categorical column. */
  public List<Embedding> embeds() {
    return List.copyOf(embeds);
  }

  /** Returns the groups of layers. */
  public Sequential layers() {
    return layers;
  }

  @Override
  public Spec spec() {
    ObjectNode s = Spec.object();
    s.set("categories", Json.integers(sizes.stream().map(EmbSz::n).toList()));
    s.set("dims", Json.integers(sizes.stream().map(EmbSz::dim).toList()));
    s.put("conts", nCont).put("outputs", outSz);
    s.set("hidden", Json.integers(hidden));
    s.set("config", config.toJson());
    return new Spec(TabularExports.MODEL, s);
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    int expected = (embeds.isEmpty() ? 0 : 1) + (nCont > 0 ? 1 : 0);
    if (inputs.length != expected) {
      throw new IllegalArgumentException(
          "TabularModel expects %d inputs (%d categorical and %d continuous columns), got %d"
              .formatted(expected, embeds.size(), nCont, inputs.length));
    }
    Tensor cont = nCont > 0 ? continuous(inputs[expected - 1]) : null;
    if (embeds.isEmpty()) {
      return layers.call(cont);
    }
    Tensor cats = inputs[0];
    expect(cats, embeds.size(), "categorical");
    long[] codes = cats.toLongs();
    boolean fuses = fuses();
    boolean drops = isTraining() && embDrop.p() > 0;
    if (drops || !fuses) {
      Tensor embedded = fuses ? fused(codes, null) : oneByOne(codes);
      embedded = embDrop.call(embedded);
      return layers.call(cont == null ? embedded : Tensor.cat(1, embedded, cont));
    }
    return layers.call(fused(codes, cont));
  }

  private Tensor continuous(Tensor cont) {
    expect(cont, nCont, "continuous");
    return bnCont == null ? cont : bnCont.call(cont);
  }

  /** Whether one operation can do what the embeddings do; large tables are not to be copied. */
  private boolean fuses() {
    long size = 0;
    for (Embedding e : embeds) {
      DType type = e.weight().tensor().dtype();
      if (e.hasHooks() || type != DType.FLOAT && type != DType.DOUBLE) {
        return false;
      }
      size += e.weight().numel();
    }
    return size <= LARGEST_COPY;
  }

  private Tensor fused(long[] codes, Tensor cont) {
    int columns = embeds.size();
    Tensor[] tables = new Tensor[columns + (cont == null ? 0 : 1)];
    for (int c = 0; c < columns; c++) {
      tables[c] = embeds.get(c).weight().tensor();
      long n = tables[c].size(0);
      for (int i = c; i < codes.length; i += columns) {
        if (codes[i] < 0 || codes[i] >= n) {
          throw new IllegalArgumentException(
              "Embedding expects indices from 0 to %d, got %d in embeds.%d"
                  .formatted(n - 1, codes[i], c));
        }
      }
    }
    if (cont != null) {
      tables[columns] = cont;
    }
    return new EmbeddedRow(codes, columns).apply(tables);
  }

  private Tensor oneByOne(long[] codes) {
    int columns = embeds.size();
    Tensor[] parts = new Tensor[columns];
    for (int c = 0; c < columns; c++) {
      long[] column = new long[codes.length / columns];
      for (int r = 0; r < column.length; r++) {
        column[r] = codes[r * columns + c];
      }
      parts[c] = embeds.get(c).call(Tensor.of(column, column.length));
    }
    return columns == 1 ? parts[0] : Tensor.cat(1, parts);
  }

  private static void expect(Tensor x, int columns, String kind) {
    if (x.rank() != 2 || x.size(1) != columns) {
      throw new IllegalArgumentException(
          "TabularModel expects %s columns [N, %d], got %s"
              .formatted(kind, columns, Arrays.toString(x.shape())));
    }
  }
}
