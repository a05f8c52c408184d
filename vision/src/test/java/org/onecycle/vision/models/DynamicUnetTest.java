package org.onecycle.vision.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.Scope;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.LayerException;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormType;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.UnetBlock.Plan;

class DynamicUnetTest {
  private static Sequential body(Arch arch) {
    return Vision.createBody(arch.model(Rng.of(1)), -2);
  }

  private static DynamicUnet unet(int nOut, int h, int w, UnetOptions o) {
    return DynamicUnet.of(body(Arch.RESNET18), nOut, h, w, o, Rng.of(2));
  }

  @Test
  @DisplayName("VIS-07 where the size changes")
  void sizeChanges() {
    assertEquals(List.of(1, 4), changes("3,64,64 16,64,64 32,32,32 16,32,32 32,32,32 16,16"));
    assertEquals(List.of(0, 3), changes("3,64,64 16,32,32 32,32,32 16,32,32 32,16,16 16,16"));
    assertEquals(List.of(), changes("3,64,64"));
    assertEquals(List.of(0), changes("3,64,64 16,32,32"));
    assertEquals(List.of(0), changes("3,64,64 16,32,64"));
  }

  private static List<Integer> changes(String shapes) {
    List<long[]> all = new ArrayList<>();
    for (String s : shapes.split(" ")) {
      String[] axes = s.split(",");
      long[] shape = new long[axes.length];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = Long.parseLong(axes[i]);
      }
      all.add(shape);
    }
    return TappedEncoder.sizeChanges(all);
  }

  @Test
  void leavesAnInputThatHasAHistoryAlone() {
    DynamicUnet unet = unet(2, 32, 32, UnetOptions.DEFAULT);
    Conv2d before = new Conv2d(1, 3, 1);
    try (Scope s = Scope.open()) {
      Tensor x = before.call(Tensor.randn(Rng.of(3), 2, 1, 32, 32));
      unet.call(x).square().mean().backward();
      assertEquals(2 * 3 * 32 * 32, x.toFloats().length);
      assertTrue(before.weight().grad().square().sum().item() > 0);
    }
  }

  @Test
  @DisplayName("VIS-09 the channels from the first block on")
  void channels() {
    DynamicUnet unet = unet(3, 128, 128, UnetOptions.DEFAULT);
    List<Integer> channels = new ArrayList<>();
    List<AutoCloseable> hooks = new ArrayList<>();
    Sequential decoder = (Sequential) unet.bodyAndDecoder().get(1);
    // Layers 5 to 12 of the whole network, without the encoder.
    for (int i = 4; i < decoder.size(); i++) {
      hooks.add(decoder.get(i).onForward((m, in, out) -> channels.add((int) out.size(1))));
    }
    unet.eval().call(Tensor.zeros(1, 3, 128, 128));
    assertEquals(List.of(384, 256, 96, 96, 96, 99, 99, 3), channels);
    assertEquals(decoder.size() - 4, hooks.size());
  }

  @Test
  @DisplayName("VIS-10 the plan for a ResNet at 128 pixels")
  void plan() {
    DynamicUnet unet = unet(5, 128, 128, UnetOptions.DEFAULT.withSelfAttention(true));
    assertEquals(List.of(2, 4, 5, 6), unet.encoder().taps());
    assertEquals(
        List.of(
            new Plan(512, 256, 512),
            new Plan(512, 128, 384),
            new Plan(384, 64, 256),
            new Plan(256, 64, 96)),
        unet.plan());
    assertEquals(List.of(256, 256, 192, 128), unet.plan().stream().map(Plan::shufOut).toList());
    assertEquals(List.of(512, 384, 256, 192), unet.plan().stream().map(Plan::joined).toList());
    assertArrayEquals(
        new long[] {1024, 512, 3, 3}, unet.stateDict().get("layers.3.0.0.weight").shape());
    assertTrue(unet.stateDict().containsKey("layers.5.conv2.2.query.0.weight_orig"));
    assertFalse(unet.stateDict().containsKey("layers.4.conv2.2.query.0.weight_orig"));
    assertArrayEquals(new long[] {5, 99, 1, 1}, unet.stateDict().get("layers.12.0.weight").shape());
  }

  @Test
  @DisplayName("VIS-11 ResNet-34, 5 classes, 128 pixels: 41,221,468 parameters, decoder 19,936,796")
  void parameters() {
    DynamicUnet unet =
        DynamicUnet.of(body(Arch.RESNET34), 5, 128, 128, UnetOptions.DEFAULT, Rng.of(2));
    assertEquals(41_221_468, ModelInfo.totalParams(unet));
    List<List<Parameter>> groups = Arch.RESNET34.meta().splitter().apply(unet.bodyAndDecoder());
    assertEquals(1_347_904, ModelInfo.count(groups.get(0)));
    assertEquals(19_936_768, ModelInfo.count(groups.get(1)));
    assertEquals(19_936_796, ModelInfo.count(groups.get(2)));
  }

  @ParameterizedTest
  @CsvSource({"33, 47", "61, 40", "32, 97", "65, 64"})
  @DisplayName("odd sizes come out as they went in, and other sizes pass too")
  void oddSizes(int h, int w) {
    DynamicUnet unet = unet(2, h, w, UnetOptions.DEFAULT);
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      unet.eval();
      assertArrayEquals(
          new long[] {1, 2, h, w}, unet.call(Tensor.randn(new Rng(1), 1, 3, h, w)).shape());
      assertArrayEquals(
          new long[] {2, 2, 50, 71}, unet.call(Tensor.randn(new Rng(1), 2, 3, 50, 71)).shape());
    }
  }

  @Test
  @DisplayName("every option gives answers of the right shape and gradients everywhere")
  void options() {
    UnetOptions all =
        new UnetOptions(
                true, false, true, new UnetOptions.Range(-1, 3), true, true, NormType.BATCH, null)
            .withAct(ReLU::new);
    for (UnetOptions o : List.of(all, all.withLastCross(false).withBlurFinal(true))) {
      DynamicUnet unet = unet(2, 32, 40, o);
      try (Scope s = Scope.open()) {
        Tensor y = unet.call(Tensor.randn(new Rng(1), 2, 3, 32, 40));
        assertArrayEquals(new long[] {2, 2, 32, 40}, y.shape());
        assertTrue(y.min().item() > -1 && y.max().item() < 3);
        y.square().sum().backward();
        unet.namedParameters()
            .forEach((n, p) -> assertTrue(p.grad() != null, n + " has a gradient"));
      }
    }
  }

  @Test
  @DisplayName("without gradients the answers are the same as with them")
  void inference() {
    DynamicUnet unet = unet(2, 32, 40, UnetOptions.DEFAULT);
    unet.eval();
    Tensor x = Tensor.randn(new Rng(1), 2, 3, 32, 40);
    float[] with = unet.call(x).toFloats();
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      // Norms folded into convolutions round otherwise.
      assertArrayEquals(with, unet.call(x).toFloats(), 1e-4f);
    }
  }

  @Test
  @DisplayName("a body of any channels; errors name the layer")
  void errors() {
    Sequential grey = Vision.createBody(Arch.RESNET18.model(Rng.of(1)), -2, 1, true);
    DynamicUnet unet = DynamicUnet.of(grey, 2, 32, 32);
    assertArrayEquals(
        new long[] {1, 2, 32, 32}, unet.eval().call(Tensor.zeros(1, 1, 32, 32)).shape());
    LayerException e =
        assertThrows(LayerException.class, () -> unet.call(Tensor.zeros(1, 3, 32, 32)));
    assertEquals("layers.0.0", e.path());
    assertThrows(
        IllegalArgumentException.class,
        () -> DynamicUnet.of(new Sequential(new Conv2d(3, 4, 1)), 2, 32, 32));
  }

  @ParameterizedTest
  @CsvSource({"false, 32, 32", "true, 40, 36"})
  void whatIsJoinedIntoOneOperationGivesWhatTheLayersGive(boolean blur, int h, int w) {
    DynamicUnet unet = unet(3, h, w, UnetOptions.DEFAULT.withBlur(blur));
    Tensor x = Tensor.randn(Rng.of(3), 2, 3, h, w);
    List<List<float[]>> ways = new ArrayList<>();
    int[] seen = {0};
    for (int i = 0; i < 2; i++) {
      try (Scope s = Scope.open()) {
        Tensor y = unet.call(x);
        y.mul(Tensor.randn(Rng.of(4), y.shape())).mean().backward();
        List<float[]> all = new ArrayList<>(List.of(y.toFloats()));
        for (Parameter p : unet.parameters()) {
          all.add(p.tensor().grad().toFloats());
          p.tensor().zeroGrad();
        }
        ways.add(all);
      }
      // A layer that somebody watches is called by itself.
      for (Module m : unet.bodyAndDecoder().namedModules().values()) {
        if (i == 0 && m instanceof ReLU) {
          m.onForward((a, in, out) -> seen[0]++);
        }
      }
    }
    assertTrue(seen[0] > 20, "hooks that saw an output: " + seen[0]);
    for (int i = 0; i < ways.get(0).size(); i++) {
      float[] single = ways.get(1).get(i);
      double scale = 1e-6;
      for (float v : single) {
        scale = Math.max(scale, Math.abs(v));
      }
      assertArrayEquals(single, ways.get(0).get(i), (float) (1e-3 * scale), "result " + i);
    }
  }
}
