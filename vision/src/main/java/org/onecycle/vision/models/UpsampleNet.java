package org.onecycle.vision.models;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.ConvLayerOptions;
import org.onecycle.nn.Init;
import org.onecycle.nn.Layer;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormType;
import org.onecycle.nn.ResizeToOrig;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * The plain way from a body back to a picture, with which the book begins before it comes to the
 * U-Net: double the size until it is that of the input, halving the channels, then a 1x1
 * convolution; {@code [N, C, H, W]} to {@code [N, nOut, H, W]}.
 *
 * <p>What the body threw away cannot come back, since there are no skips: {@link DynamicUnet} draws
 * sharper borders. It is smaller and faster, and something to compare with.
 */
public final class UpsampleNet extends Layer {
  private static final int FEWEST = 32;

  private final Sequential encoder;
  private final Sequential head;

  private UpsampleNet(Sequential encoder, Sequential head) {
    this.encoder = add("0", encoder);
    this.head = add("1", head);
  }

  /**
   * Makes a network whose head starts from values of this generator.
   *
   * @param body the encoder, shared
   * @param nOut the channels of the answers
   * @param h the height of the pictures
   * @param w their width
   * @throws IllegalArgumentException if the body does not take such pictures
   */
  public static UpsampleNet of(Sequential body, int nOut, int h, int w, Upsampling how, Rng rng) {
    List<long[]> shapes = TappedEncoder.shapes(body, h, w);
    long[] last = shapes.get(shapes.size() - 1);
    return Init.with(rng, () -> new UpsampleNet(body, head(last, nOut, h, w, how)));
  }

  private static Sequential head(long[] from, int nOut, int h, int w, Upsampling how) {
    List<Module> layers = new ArrayList<>();
    int ni = (int) from[1];
    long height = from[2];
    long width = from[3];
    while (height < h || width < w) {
      int nf = Math.max(Math.min(ni, FEWEST), ni / 2);
      layers.addAll(how.doubling(ni, nf));
      ni = nf;
      height *= 2;
      width *= 2;
    }
    layers.add(new ConvLayer(ni, nOut, 1, ConvLayerOptions.norm(NormType.NONE).withAct(null)));
    return new Sequential(layers);
  }

  /** Returns body and head as a chain, shared, for splitters. */
  public Sequential bodyAndHead() {
    return new Sequential(encoder, head);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return onlyResult(() -> ResizeToOrig.resize(head.call(encoder.call(x)), x));
  }
}
