package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.tensor.F;
import org.onecycle.tensor.LstmResult;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.ModuleGradCheck;

/** LSTMs and the dropouts of AWD-LSTM. */
class RecurrentTest {
  @Test
  @DisplayName("HOK-03 parameters of an LSTM of two layers")
  void counts() {
    LSTM lstm = new LSTM(20, 10, 2);
    assertEquals(4 * (200 + 10) + 3 * 4 * (100 + 10), ModelInfo.totalParams(lstm));
    assertEquals(
        List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"),
        List.copyOf(lstm.namedParameters().keySet()).subList(0, 4));
    double bound = 1 / Math.sqrt(10);
    for (Parameter p : lstm.parameters()) {
      double most = Arrays.stream(p.tensor().toDoubles()).map(Math::abs).max().orElseThrow();
      assertTrue(most <= bound && most > 0.8 * bound, "largest " + most);
    }
  }

  @Test
  void layersLieOnTopOfEachOther() {
    LSTM both = new LSTM(3, 4, 2);
    both.to(DType.DOUBLE);
    Tensor x = Tensor.randn(new Rng(1), 2, 5, 3).to(DType.DOUBLE);
    Tensor h = Tensor.randn(new Rng(2), 2, 2, 4).to(DType.DOUBLE);
    Tensor c = Tensor.randn(new Rng(3), 2, 2, 4).to(DType.DOUBLE);
    LstmResult r = both.run(x, h, c);
    Tensor y = x.transpose(0, 1);
    for (int l = 0; l < 2; l++) {
      Tensor[] w = new Tensor[4];
      for (int i = 0; i < 4; i++) {
        w[i] = both.parameters().get(4 * l + i).tensor();
      }
      LstmResult one = F.lstm(y, h.select(0, l), c.select(0, l), w[0], w[1], w[2], w[3]);
      y = one.output();
      assertArrayEquals(one.h().toDoubles(), r.h().select(0, l).toDoubles());
      assertArrayEquals(one.c().toDoubles(), r.c().select(0, l).toDoubles());
    }
    assertArrayEquals(y.transpose(0, 1).toDoubles(), r.output().toDoubles());
    assertArrayEquals(both.call(x, h, c).toDoubles(), r.output().toDoubles());
  }

  @Test
  void gradients() {
    ModuleGradCheck.check(
        new LSTM(3, 4, 2),
        10,
        Tensor.randn(new Rng(1), 2, 5, 3).to(DType.DOUBLE).detach().requiresGrad(true));
    ModuleGradCheck.check(
        new WeightDropout(new LSTM(3, 4), 0),
        10,
        Tensor.randn(new Rng(1), 2, 5, 3).to(DType.DOUBLE).detach().requiresGrad(true));
  }

  @Test
  @DisplayName("RNN-01 dropout mask with p .25 is of zeros and 4/3")
  void maskValues() {
    float[] mask = F.dropout(Tensor.ones(40, 50), .25, new Rng(5)).toFloats();
    Set<Float> seen = new HashSet<>();
    for (float v : mask) {
      seen.add(v);
    }
    assertEquals(Set.of(0f, (float) (4.0 / 3)), seen);
  }

  @Test
  @DisplayName("RNN-02 RNN dropout is the same at all time steps")
  void sharedOverTime() {
    RnnDropout dp = new RnnDropout(.3);
    dp.rng(new Rng(3));
    Tensor x = Tensor.randn(new Rng(1), 4, 5, 6).add(10);
    Tensor y = dp.call(x);
    float[] in = x.toFloats();
    float[] out = y.toFloats();
    int zeros = 0;
    for (int n = 0; n < 4; n++) {
      for (int j = 0; j < 6; j++) {
        boolean zero = out[n * 30 + j] == 0;
        zeros += zero ? 1 : 0;
        for (int t = 0; t < 5; t++) {
          int i = (n * 5 + t) * 6 + j;
          assertEquals(zero ? 0 : in[i] / .7, out[i], 1e-5);
        }
      }
    }
    assertTrue(zeros > 0 && zeros < 24, "zeros " + zeros);
    assertNotEquals(Arrays.toString(out), Arrays.toString(dp.call(x).toFloats()));
    dp.eval();
    assertArrayEquals(in, dp.call(x).toFloats());
  }

  @Test
  @DisplayName("RNN-04 embedding dropout with p .5 makes a row zero or twice itself")
  void wholeWords() {
    Embedding emb = new Embedding(10, 7);
    EmbeddingDropout dp = new EmbeddingDropout(emb, .5);
    dp.rng(new Rng(2));
    long[] words = new long[40];
    Arrays.setAll(words, i -> i % 10);
    Tensor y = dp.call(Tensor.of(words, 4, 10));
    float[] table = emb.weight().tensor().toFloats();
    float[] out = y.toFloats();
    int zeros = 0;
    for (int i = 0; i < 40; i++) {
      boolean zero = out[(i % 10) * 7] == 0;
      zeros += zero ? 1 : 0;
      for (int j = 0; j < 7; j++) {
        assertEquals(zero ? 0 : 2 * table[(i % 10) * 7 + j], out[i * 7 + j], 1e-7);
      }
    }
    assertTrue(zeros > 0 && zeros < 40, "zeros " + zeros);
    dp.eval();
    assertArrayEquals(table, dp.call(Tensor.arange(10)).toFloats());
  }

  @Test
  void weightDropoutNamesTheRawWeightAndDrawsAnewEachCall() {
    LSTM lstm = new LSTM(3, 4);
    WeightDropout dp = new WeightDropout(lstm, .5);
    assertEquals(
        List.of(
            "weight_hh_l0_raw", "module.weight_ih_l0", "module.bias_ih_l0", "module.bias_hh_l0"),
        List.copyOf(dp.stateDict().keySet()));
    dp.rng(new Rng(1));
    Tensor x = Tensor.randn(new Rng(1), 2, 5, 3);
    Tensor a = dp.call(x);
    a.sum().backward();
    float[] grad = dp.raw().grad().toFloats();
    int zeros = 0;
    for (float g : grad) {
      zeros += g == 0 ? 1 : 0;
    }
    assertTrue(zeros > 8 && zeros < 56, "dropped weights have no gradient: " + zeros);
    assertNotNull(lstm.ownParameters().get("weight_ih_l0").grad());
    assertNotEquals(Arrays.toString(a.toFloats()), Arrays.toString(dp.call(x).toFloats()));
    dp.eval();
    assertArrayEquals(dp.call(x).toFloats(), dp.call(x).toFloats());
    assertArrayEquals(
        dp.call(x).toFloats(), dp.call(x, Tensor.zeros(1, 2, 4), Tensor.zeros(1, 2, 4)).toFloats());
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThrows(IllegalArgumentException.class, () -> new WeightDropout(new LSTM(2, 2, 2), .5));
    assertThrows(IllegalArgumentException.class, () -> new RnnDropout(1.5));
    assertThrows(IllegalArgumentException.class, () -> new LSTM(3, 4).call(Tensor.zeros(2, 5, 4)));
  }
}
