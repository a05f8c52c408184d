package org.onecycle.optim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * fastai's SGD and Adam as PyTorch runs them on the CPU in float32: one operation after the other
 * over whole arrays, each result rounded.
 */
final class EagerFloats {
  private EagerFloats() {}

  static double[] run(JsonNode all, String name) {
    JsonNode h = all.get("runs").get(name).get("hypers");
    boolean adam = name.startsWith("Adam");
    boolean l2 = name.endsWith("l2");
    double lr = h.get("lr").asDouble();
    double wd = h.get("wd").asDouble();
    double mom = h.get("mom").asDouble();
    int n = 16;
    float[] p = joined(all.get("init_values"));
    float[] avg = new float[n];
    float[] sqr = new float[n];
    List<Double> out = new ArrayList<>();
    int step = 0;
    for (JsonNode grads : all.get("grad_values")) {
      step++;
      float[] g = joined(grads);
      for (int i = 0; i < n; i++) {
        if (wd != 0 && !l2) {
          p[i] *= (float) (1 - lr * wd);
        } else if (wd != 0) {
          g[i] += (float) wd * p[i];
        }
        if (adam) {
          double sm = h.get("sqr_mom").asDouble();
          avg[i] *= (float) mom;
          avg[i] += (float) (1 - mom) * g[i];
          sqr[i] *= (float) sm;
          sqr[i] += (float) (1 - sm) * g[i] * g[i];
          float root = (float) Math.sqrt(sqr[i] / (float) (1 - Math.pow(sm, step)));
          root += (float) h.get("eps").asDouble();
          p[i] += (float) (-lr / (1 - Math.pow(mom, step))) * avg[i] / root;
        } else if (mom != 0) {
          avg[i] *= (float) mom;
          avg[i] += g[i];
          p[i] += (float) -lr * avg[i];
        } else {
          p[i] += (float) -lr * g[i];
        }
        out.add((double) p[i]);
      }
    }
    return out.stream().mapToDouble(v -> v).toArray();
  }

  private static float[] joined(JsonNode values) {
    double[] w = OptimizerParityTest.doubles(values.get("w"));
    double[] b = OptimizerParityTest.doubles(values.get("b"));
    float[] out = new float[w.length + b.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (i < w.length ? w[i] : b[i - w.length]);
    }
    return out;
  }
}
