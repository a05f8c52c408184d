package org.onecycle.callback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.onecycle.array.Scope;
import org.onecycle.backend.Binary;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.nn.Handle;
import org.onecycle.nn.ModelInfo;
import org.onecycle.nn.Module;
import org.onecycle.nn.ParameterModule;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Looks at what each layer with parameters gives in training: mean, deviation, and how much of it
 * is near zero, of every so many batches of the last fit.
 *
 * <pre>{@code
 * ActivationStats stats = new ActivationStats(4);
 * learn.addCbs(stats);
 * learn.fit(1);
 * List<ActivationStats.Layer> last = stats.ofLayer(-2);
 * }</pre>
 */
public final class ActivationStats extends Callback {
  private static final int ORDER = -20;
  private static final double NEAR_ZERO = .05;
  private static final int BINS = 40;
  private static final double HIGHEST = 10;

  /** Of a layer that the model did not call. */
  private static final Layer UNSEEN = new Layer(Double.NaN, Double.NaN, Double.NaN, List.of());

  private final int every;
  private final boolean withHist;
  private final List<Module> modules = new ArrayList<>();
  private final List<Handle> hooks = new ArrayList<>();
  private final List<List<Layer>> records = new ArrayList<>();
  private Layer[] current;

  /**
   * What a layer gave for one batch.
   *
   * @param mean of all numbers
   * @param std their deviation
   * @param nearZero the share of numbers up to .05
   * @param hist how many lie in each of 40 steps from 0 to 10; empty if not asked for
   */
  public record Layer(double mean, double std, double nearZero, List<Long> hist) {}

  /** Looks at every batch. */
  public ActivationStats() {
    this(1);
  }

  /** Looks at one of so many batches. */
  public ActivationStats(int every) {
    this(every, false);
  }

  /** Looks at one of so many batches, with histograms or without. */
  public ActivationStats(int every, boolean withHist) {
    if (every < 1) {
      throw new IllegalArgumentException("ActivationStats expects every from 1, got " + every);
    }
    this.every = every;
    this.withHist = withHist;
  }

  @Override
  public int order() {
    return ORDER;
  }

  /** Returns the records in the order of the batches, each with the layers in theirs. */
  public List<List<Layer>> stats() {
    return List.copyOf(records);
  }

  /**
   * Returns what a layer gave, batch by batch.
   *
   * @param layer its place among the layers with parameters; negative counts from the end
   */
  public List<Layer> ofLayer(int layer) {
    int at = layer < 0 ? modules.size() + layer : layer;
    if (at < 0 || at >= modules.size()) {
      throw new IllegalArgumentException(
          "there are " + modules.size() + " layers with parameters, got " + layer);
    }
    return records.stream().map(r -> r.get(at)).toList();
  }

  @Override
  public void beforeFit(Learner learn) {
    records.clear();
    modules.clear();
    ModelInfo.flattenModel(learn.model()).stream()
        .filter(m -> !m.ownParameters().isEmpty() && !(m instanceof ParameterModule))
        .forEach(modules::add);
  }

  @Override
  public void beforeBatch(Learner learn) {
    look(false);
    if (learn.state().training() && learn.state().trainIter() % every == 0) {
      current = new Layer[modules.size()];
      for (int i = 0; i < current.length; i++) {
        int at = i;
        hooks.add(modules.get(i).onForward((m, in, out) -> current[at] = measured(out)));
      }
    }
  }

  @Override
  public void afterBatch(Learner learn) {
    look(true);
  }

  @Override
  public void cleanup(Learner learn) {
    look(false);
  }

  /** Ends what was looked at; a batch that was cancelled before the model ran leaves no record. */
  private void look(boolean keep) {
    hooks.forEach(Handle::close);
    hooks.clear();
    if (keep && current != null && Arrays.stream(current).anyMatch(Objects::nonNull)) {
      records.add(Arrays.stream(current).map(l -> l == null ? UNSEEN : l).toList());
    }
    current = null;
  }

  private Layer measured(Tensor out) {
    try (Scope memory = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor x = out.detach();
      double mean = x.mean().item();
      double std = x.numel() < 2 ? Double.NaN : Math.sqrt(x.reshape(-1).var(1, 0).item());
      double small = x.compare(Binary.LE, NEAR_ZERO).to(x.dtype()).mean().item();
      return new Layer(mean, std, small, withHist ? hist(x) : List.of());
    }
  }

  private static List<Long> hist(Tensor x) {
    long[] counts = new long[BINS];
    for (float v : x.toFloats()) {
      if (v >= 0 && v <= HIGHEST) {
        counts[Math.min(BINS - 1, (int) (v / HIGHEST * BINS))]++;
      }
    }
    List<Long> out = new ArrayList<>();
    for (long n : counts) {
      out.add(n);
    }
    return out;
  }
}
