package org.onecycle.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.data.HostArray;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;
import org.onecycle.testing.HashRule;
import org.onecycle.testing.Npy;

/**
 * A model's weights, inputs and five training batches as real fastai had them, and where to find
 * what it made of them.
 *
 * @param weights parameters and running statistics by the fixture's names
 * @param inputs one batch
 * @param target of that batch
 * @param batches the inputs of the five training batches, one after the other
 * @param batchTargets their targets
 * @param big whether only samples of the results are there
 */
record Fixture(
    String name,
    Map<String, Tensor> weights,
    List<HostArray> inputs,
    HostArray target,
    List<HostArray> batches,
    HostArray batchTargets,
    JsonNode meta,
    boolean big) {
  static final int STEPS = 5;

  /** A fixture whose every array is on disk. */
  static Fixture small(String name) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (String w : Fixtures.npyNames(name + "/w")) {
      Npy npy = Fixtures.npy(name + "/w/" + w);
      weights.put(w, Tensor.of(npy.toFloats(), npy.shape()));
    }
    int inputs =
        (int) Fixtures.npyNames(name + "/in").stream().filter(n -> n.matches("x\\d+")).count();
    List<HostArray> x = new ArrayList<>();
    List<HostArray> batches = new ArrayList<>();
    for (int j = 0; j < inputs; j++) {
      x.add(array(name + "/in/x" + j));
      batches.add(batches(name, j));
    }
    return new Fixture(
        name,
        weights,
        x,
        array(name + "/in/y"),
        batches,
        batches(name, inputs),
        Fixtures.json(name + "/meta"),
        false);
  }

  private static HostArray batches(String name, int member) {
    List<HostArray> parts = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      parts.add(array(name + "/in/batch" + i + "_" + member));
    }
    return joined(parts);
  }

  /**
   * A fixture whose weights and training batches come by the hash rule.
   *
   * @param inputs how many inputs the model has
   * @param classes how many classes the integer target has, 0 if it is of real numbers
   */
  static Fixture big(String name, int inputs, int classes) {
    JsonNode meta = Fixtures.json(name + "/meta");
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (JsonNode p : meta.get("params")) {
      String parameter = p.get(0).textValue();
      long[] shape = new long[p.get(1).size()];
      Arrays.setAll(shape, i -> p.get(1).get(i).longValue());
      // Among one-dimensional weights there are none but those of batch norms.
      boolean norm = parameter.endsWith(".weight");
      weights.put(
          parameter, Tensor.of(HashRule.parameter(name + "/" + parameter, norm, shape), shape));
    }
    float[] stats = Fixtures.npy(name + "/bn_stats").toFloats();
    Fixtures.json(name + "/bn_stats")
        .properties()
        .forEach(
            e -> {
              int off = e.getValue().get(0).intValue();
              int n = e.getValue().get(1).intValue();
              weights.put(e.getKey(), Tensor.of(Arrays.copyOfRange(stats, off, off + n), n));
            });
    List<HostArray> x = new ArrayList<>();
    List<HostArray> batches = new ArrayList<>();
    HostArray y = array(name + "/y");
    for (int j = 0; j < inputs; j++) {
      HostArray in = array(name + "/x" + j);
      x.add(in);
      List<HostArray> parts = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        String key = name + "/b" + i + (inputs == 1 ? "" : "_" + (j + 1));
        parts.add(HostArray.of(HashRule.input(key, in.shape()), in.shape()));
      }
      batches.add(joined(parts));
    }
    List<HostArray> targets = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      String key = name + "/by" + i;
      targets.add(
          classes > 0
              ? HostArray.of(HashRule.ints(key, classes, y.shape()), y.shape())
              : HostArray.of(HashRule.input(key, y.shape()), y.shape()));
    }
    return new Fixture(name, weights, x, y, batches, joined(targets), meta, true);
  }

  int batchSize() {
    return (int) target.shape()[0];
  }

  /** The output in a mode ({@code eval}, {@code train}), or PyTorch's own in float32. */
  double[] output(String mode, boolean torch32) {
    return Fixtures.npy(
            big
                ? name + "/" + mode + (torch32 ? "32" : "")
                : name + "/out" + (torch32 ? "32/" : "/") + mode)
        .toDoubles();
  }

  double loss(String mode, boolean torch32) {
    return meta.get("loss" + (mode.equals("eval") ? "_eval" : "") + (torch32 ? "32" : ""))
        .doubleValue();
  }

  /** The gradients of the training loss. */
  Map<String, Sampled> grads(boolean torch32) {
    return results("grad", big ? "grads" : "grad", torch32);
  }

  /** The running statistics after one training batch. */
  Map<String, Sampled> stats(boolean torch32) {
    return results("stats", big ? "stats_after1" : "stats", torch32);
  }

  /** Parameters and running statistics after the five training batches. */
  Map<String, Sampled> trained(String suffix) {
    return results("step5", "step5" + suffix, false);
  }

  private Map<String, Sampled> results(String folder, String file, boolean torch32) {
    String end = torch32 ? "32" : "";
    return big
        ? Sampled.read(name + "/" + file + end)
        : Sampled.readFolder(name + "/" + folder + end);
  }

  private static HostArray array(String path) {
    Npy npy = Fixtures.npy(path);
    return npy.type().startsWith("f")
        ? HostArray.of(npy.toFloats(), npy.shape())
        : HostArray.of(npy.toLongs(), npy.shape());
  }

  private static HostArray joined(List<HostArray> parts) {
    long[] shape = parts.get(0).shape();
    int rows = (int) shape[0];
    shape[0] = (long) rows * parts.size();
    HostArray all = HostArray.zeros(parts.get(0).dtype(), shape);
    int size = 1;
    for (long s : parts.get(0).shape()) {
      size *= (int) s;
    }
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).writeTo(all, i * size);
    }
    return all;
  }

  /** The same numbers as DOUBLE where they are FLOAT. */
  static HostArray inDouble(HostArray a) {
    if (a.dtype().isFloating()) {
      double[] d = new double[a.floats().length];
      Arrays.setAll(d, i -> a.floats()[i]);
      return HostArray.of(d, a.shape());
    }
    return a;
  }
}
