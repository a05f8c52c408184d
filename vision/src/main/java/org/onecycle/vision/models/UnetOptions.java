package org.onecycle.vision.models;

import java.util.function.Supplier;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormType;
import org.onecycle.nn.ReLU;

/**
 * The settings of a {@link DynamicUnet}; each method returns changed settings.
 *
 * @param blur whether each enlarging averages neighbouring pixels
 * @param blurFinal whether the last block does so too, where the others do
 * @param selfAttention whether the last block but two (the last, where there are fewer) lets every
 *     pixel look at all others
 * @param yRange the range a sigmoid keeps the answers in, or null
 * @param lastCross whether the picture itself joins in before the last convolutions
 * @param bottle whether the last residual block halves the channels
 * @param norm the norm of the decoder's convolutions
 * @param act makes the activations
 */
public record UnetOptions(
    boolean blur,
    boolean blurFinal,
    boolean selfAttention,
    Range yRange,
    boolean lastCross,
    boolean bottle,
    NormType norm,
    Supplier<? extends Module> act) {
  /** fastai's defaults. */
  public static final UnetOptions DEFAULT =
      new UnetOptions(false, true, false, null, true, false, NormType.NONE, ReLU::new);

  /** The lowest and the highest answer. */
  public record Range(double low, double high) {}

  /** Returns these settings with or without blur. */
  public UnetOptions withBlur(boolean value) {
    return new UnetOptions(value, blurFinal, selfAttention, yRange, lastCross, bottle, norm, act);
  }

  /** Returns these settings with or without blur in the last block. */
  public UnetOptions withBlurFinal(boolean value) {
    return new UnetOptions(blur, value, selfAttention, yRange, lastCross, bottle, norm, act);
  }

  /** Returns these settings with or without self-attention. */
  public UnetOptions withSelfAttention(boolean value) {
    return new UnetOptions(blur, blurFinal, value, yRange, lastCross, bottle, norm, act);
  }

  /** Returns these settings with answers in a range. */
  public UnetOptions withYRange(double low, double high) {
    return new UnetOptions(
        blur, blurFinal, selfAttention, new Range(low, high), lastCross, bottle, norm, act);
  }

  /** Returns these settings with or without the picture in the last convolutions. */
  public UnetOptions withLastCross(boolean value) {
    return new UnetOptions(blur, blurFinal, selfAttention, yRange, value, bottle, norm, act);
  }

  /** Returns these settings with or without a bottleneck at the end. */
  public UnetOptions withBottle(boolean value) {
    return new UnetOptions(blur, blurFinal, selfAttention, yRange, lastCross, value, norm, act);
  }

  /** Returns these settings with another norm. */
  public UnetOptions withNorm(NormType value) {
    return new UnetOptions(blur, blurFinal, selfAttention, yRange, lastCross, bottle, value, act);
  }

  /** Returns these settings with another activation. */
  public UnetOptions withAct(Supplier<? extends Module> value) {
    return new UnetOptions(blur, blurFinal, selfAttention, yRange, lastCross, bottle, norm, value);
  }
}
