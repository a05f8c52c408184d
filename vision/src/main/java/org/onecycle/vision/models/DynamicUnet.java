package org.onecycle.vision.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.BatchNormOptions;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.ConvLayerOptions;
import org.onecycle.nn.Init;
import org.onecycle.nn.Layer;
import org.onecycle.nn.MergeLayer;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.PixelShuffleICNR;
import org.onecycle.nn.ResBlock;
import org.onecycle.nn.ResizeToOrig;
import org.onecycle.nn.SeesOriginal;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.SigmoidRange;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * fastai's U-Net on any body: from pictures {@code [N, C, H, W]} to {@code [N, nOut, H, W]}, with
 * fastai's names of parameters. Ronneberger et al. 2015, arXiv 1505.04597.
 *
 * <p>Wherever the body changes the size, its last tensor of the larger size becomes a skip. The
 * decoder goes back through them, deepest first, each time doubling the size by a pixel shuffle
 * that starts as nearest-neighbour interpolation; where a doubled size differs from the skip's (odd
 * sizes), it is brought to it. The number of blocks is fixed by the size it is made for; pictures
 * of other sizes pass as well.
 *
 * <pre>{@code
 * Sequential body = Vision.createBody(Vision.resnet34(rng), -2);
 * DynamicUnet unet = DynamicUnet.of(body, codes.size(), 96, 128, UnetOptions.DEFAULT, rng);
 * }</pre>
 */
public final class DynamicUnet extends Layer {
  private static final int FROM_END_OF_BLOCKS = 3;

  private final Sequential layers;
  private final TappedEncoder encoder;
  private final List<UnetBlock.Plan> plan;

  private DynamicUnet(TappedEncoder encoder, Decoder decoder) {
    this.encoder = encoder;
    this.plan = List.copyOf(decoder.plan);
    List<Module> all = new ArrayList<>(decoder.layers);
    all.add(0, encoder);
    layers = add("layers", new Sequential(all));
  }

  /**
   * Makes a U-Net whose decoder starts from values of this generator.
   *
   * @param body the encoder, shared
   * @param nOut the channels of the answers, as many as classes
   * @param h the height of the pictures
   * @param w their width
   * @throws IllegalArgumentException if the body does not take such pictures, or never changes
   *     their size
   */
  public static DynamicUnet of(
      Sequential body, int nOut, int h, int w, UnetOptions options, Rng rng) {
    List<long[]> shapes = TappedEncoder.shapes(body, h, w);
    List<Integer> taps = TappedEncoder.sizeChanges(shapes);
    if (taps.isEmpty()) {
      throw new IllegalArgumentException(
          "DynamicUnet expects a body that changes the size of pictures of %d x %d"
              .formatted(h, w));
    }
    TappedEncoder encoder = new TappedEncoder(body, taps);
    boolean smaller = shapes.get(0)[2] != h || shapes.get(0)[3] != w;
    int channels = ModelInfo.inChannels(body);
    return Init.with(
        rng,
        () ->
            new DynamicUnet(encoder, new Decoder(shapes, taps, channels, smaller, nOut, options)));
  }

  /** Makes a U-Net with fastai's defaults; first values come from {@link Init#rng()}. */
  public static DynamicUnet of(Sequential body, int nOut, int h, int w) {
    return of(body, nOut, h, w, UnetOptions.DEFAULT, Init.rng());
  }

  /** Returns the encoder. */
  public TappedEncoder encoder() {
    return encoder;
  }

  /** Returns the blocks' channels. */
  List<UnetBlock.Plan> plan() {
    return plan;
  }

  /** Returns body and decoder as a chain, shared, for splitters; it is not to be run. */
  public Sequential bodyAndDecoder() {
    return new Sequential(encoder.body(), layers.slice(1, layers.size()));
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4, "[N, C, H, W]", x);
    return onlyResult(
        () -> {
          TappedEncoder.Taps taps = encoder.run(x);
          Tensor y = taps.out();
          int skip = taps.skips().size();
          boolean watched = namedModules().values().stream().anyMatch(Module::hasHooks);
          // Joining gives back what it joins: pictures that something made are not the network's.
          boolean mayJoin = !watched && !x.needsGrad();
          for (int i = 1; i < layers.size(); i++) {
            Module m = layers.get(i);
            if (m instanceof UnetBlock) {
              y = m.call(y, taps.skips().get(--skip));
            } else if (m instanceof MergeLayer && mayJoin) {
              y = F.join(1, y, x);
            } else {
              y = m instanceof SeesOriginal ? m.call(y, x) : m.call(y);
            }
          }
          return y;
        });
  }

  /** Puts the layers after the encoder together. */
  private static final class Decoder {
    final List<Module> layers = new ArrayList<>();
    final List<UnetBlock.Plan> plan = new ArrayList<>();

    Decoder(
        List<long[]> shapes,
        List<Integer> taps,
        int channels,
        boolean smaller,
        int nOut,
        UnetOptions o) {
      ConvLayerOptions conv = ConvLayerOptions.norm(o.norm()).withAct(o.act());
      int ni = (int) shapes.get(shapes.size() - 1)[1];
      layers.add(new BatchNorm2d(ni, BatchNormOptions.FASTAI));
      layers.add(o.act().get());
      Module middle =
          new Sequential(new ConvLayer(ni, 2 * ni, conv), new ConvLayer(2 * ni, ni, conv));
      layers.add(middle);
      List<Integer> deepestFirst = new ArrayList<>(taps);
      Collections.reverse(deepestFirst);
      int n = deepestFirst.size();
      for (int i = 0; i < n; i++) {
        boolean last = i == n - 1;
        UnetBlock.Plan p = UnetBlock.Plan.of(ni, (int) shapes.get(deepestFirst.get(i))[1], last);
        boolean blur = o.blur() && (o.blurFinal() || !last);
        boolean attention = o.selfAttention() && i == Math.max(0, n - FROM_END_OF_BLOCKS);
        layers.add(new UnetBlock(p, blur, attention, o));
        plan.add(p);
        ni = p.out();
      }
      if (smaller) {
        layers.add(new PixelShuffleICNR(ni, ni, false, o.norm(), o.act()));
      }
      layers.add(new ResizeToOrig());
      Module beforeLast = layers.get(layers.size() - 1);
      if (o.lastCross()) {
        layers.add(new MergeLayer(true));
        ni += channels;
        int nf = o.bottle() ? ni / 2 : ni;
        beforeLast = new ResBlock(1, ni, nf, conv);
        layers.add(beforeLast);
        ni = nf;
      }
      layers.add(new ConvLayer(ni, nOut, 1, conv.withAct(null)));
      Init.applyInit(new Sequential(middle, beforeLast), Init.rng());
      if (o.yRange() != null) {
        layers.add(new SigmoidRange(o.yRange().low(), o.yRange().high()));
      }
    }
  }
}
