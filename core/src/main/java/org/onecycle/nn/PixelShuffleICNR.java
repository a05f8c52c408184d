package org.onecycle.nn;

import java.util.Arrays;
import java.util.function.Supplier;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Doubles height and width without a checkerboard: a 1x1 {@link ConvLayer} to four times the
 * channels, then {@link PixelShuffle}; {@code [N, ni, H, W]} to {@code [N, nf, 2 H, 2 W]}.
 *
 * <p>The four kernels of each block of 2x2 pixels start equal, so that a new layer enlarges like
 * nearest-neighbour interpolation. Aitken et al. 2017, arXiv 1707.02937. Blurring averages
 * neighbouring pixels afterwards. Sugawara et al. 2018, arXiv 1806.02658.
 */
public final class PixelShuffleICNR extends LayerChain {
  private static final int SCALE = 2;

  /** Makes a layer that keeps the number of channels, with ReLU, without norm and blur. */
  public PixelShuffleICNR(int ni) {
    this(ni, ni, false, NormType.NONE, ReLU::new);
  }

  /**
   * Makes a layer.
   *
   * @param blur whether each pixel becomes the mean of itself and its neighbours left and above
   * @param act makes the activation, null for none
   */
  public PixelShuffleICNR(
      int ni, int nf, boolean blur, NormType norm, Supplier<? extends Module> act) {
    ConvLayer conv =
        new ConvLayer(
            ni, nf * SCALE * SCALE, 1, ConvLayerOptions.norm(norm).withAct(act).withBiasStd(0));
    restart(conv.get(0));
    append(conv);
    append(new PixelShuffle(SCALE));
    if (blur) {
      append(new ReplicationPad2d(1, 0, 1, 0));
      append(new AvgPool2d(2, 1, 0));
    }
  }

  private static void restart(Module conv) {
    try (Scope s = Scope.open()) {
      if (conv instanceof NormedConv normed) {
        normed.restart(icnr().draw(Init.rng(), normed.source().shape()));
      } else {
        icnr().apply(((Conv2d) conv).weight(), Init.rng());
      }
    }
  }

  /** Returns the rule of {@link Init#kaimingNormal()} whose every kernel stands four times. */
  public static Initializer icnr() {
    return PixelShuffleICNR::draw;
  }

  private static Tensor draw(Rng rng, long... shape) {
    int times = SCALE * SCALE;
    if (shape.length != 4 || shape[0] % times != 0) {
      throw new IllegalArgumentException(
          "ICNR expects a weight [4 C, in, kH, kW], got " + Arrays.toString(shape));
    }
    Tensor few = Init.kaimingNormal().draw(rng, shape[0] / times, shape[1], shape[2], shape[3]);
    return few.unsqueeze(1)
        .expand(shape[0] / times, times, shape[1], shape[2], shape[3])
        .reshape(shape);
  }
}
