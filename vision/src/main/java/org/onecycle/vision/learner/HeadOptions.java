package org.onecycle.vision.learner;

import java.util.Arrays;
import java.util.List;

/**
 * The settings of {@link Vision#createHead}; each method returns changed settings.
 *
 * <pre>{@code
 * createHead(512 * 2, 2, HeadOptions.ps(0.5).withBnFinal(true))
 * }</pre>
 *
 * @param linFtrs the sizes between the linear layers; {@code [512]} by default
 * @param ps the probabilities of dropout, one for each linear layer; a single one is for the last
 *     layer, with half of it for those before; 0.5 by default
 * @param pool whether the head begins with pooling
 * @param concatPool whether pooling is {@code AdaptiveConcatPool2d}, which doubles the channels,
 *     instead of {@code AdaptiveAvgPool2d}
 * @param firstBn whether the first linear layer has batch norm
 * @param bnFinal whether batch norm with momentum 0.01 comes last
 * @param linFirst whether linear layers come before batch norm and dropout
 * @param yRange the range a sigmoid keeps the answers in, or null
 */
public record HeadOptions(
    List<Integer> linFtrs,
    List<Double> ps,
    boolean pool,
    boolean concatPool,
    boolean firstBn,
    boolean bnFinal,
    boolean linFirst,
    Range yRange) {
  /** fastai's defaults. */
  public static final HeadOptions DEFAULT =
      new HeadOptions(List.of(512), List.of(0.5), true, true, true, false, false, null);

  /** The lowest and the highest answer. */
  public record Range(double low, double high) {}

  /** Copies the lists. */
  public HeadOptions {
    linFtrs = List.copyOf(linFtrs);
    ps = List.copyOf(ps);
  }

  /** Returns the defaults with these probabilities of dropout. */
  public static HeadOptions ps(double first, double... more) {
    return DEFAULT.withPs(first, more);
  }

  /** Returns these settings with other probabilities of dropout. */
  public HeadOptions withPs(double first, double... more) {
    double[] all = new double[more.length + 1];
    all[0] = first;
    System.arraycopy(more, 0, all, 1, more.length);
    List<Double> list = Arrays.stream(all).boxed().toList();
    return new HeadOptions(linFtrs, list, pool, concatPool, firstBn, bnFinal, linFirst, yRange);
  }

  /** Returns these settings with other sizes between the linear layers; none for a single layer. */
  public HeadOptions withLinFtrs(int... sizes) {
    List<Integer> list = Arrays.stream(sizes).boxed().toList();
    return new HeadOptions(list, ps, pool, concatPool, firstBn, bnFinal, linFirst, yRange);
  }

  /** Returns these settings with or without pooling. */
  public HeadOptions withPool(boolean wanted) {
    return new HeadOptions(linFtrs, ps, wanted, concatPool, firstBn, bnFinal, linFirst, yRange);
  }

  /** Returns these settings with pooling by maximum and mean, or by mean alone. */
  public HeadOptions withConcatPool(boolean wanted) {
    return new HeadOptions(linFtrs, ps, pool, wanted, firstBn, bnFinal, linFirst, yRange);
  }

  /** Returns these settings with or without batch norm at the first linear layer. */
  public HeadOptions withFirstBn(boolean wanted) {
    return new HeadOptions(linFtrs, ps, pool, concatPool, wanted, bnFinal, linFirst, yRange);
  }

  /** Returns these settings with or without batch norm at the end. */
  public HeadOptions withBnFinal(boolean wanted) {
    return new HeadOptions(linFtrs, ps, pool, concatPool, firstBn, wanted, linFirst, yRange);
  }

  /** Returns these settings with linear layers first or last. */
  public HeadOptions withLinFirst(boolean wanted) {
    return new HeadOptions(linFtrs, ps, pool, concatPool, firstBn, bnFinal, wanted, yRange);
  }

  /** Returns these settings with answers kept in a range. */
  public HeadOptions withYRange(double low, double high) {
    Range range = new Range(low, high);
    return new HeadOptions(linFtrs, ps, pool, concatPool, firstBn, bnFinal, linFirst, range);
  }
}
