package org.onecycle.learner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.onecycle.metric.AvgLoss;
import org.onecycle.metric.AvgSmoothLoss;
import org.onecycle.metric.BatchResult;
import org.onecycle.metric.Metric;
import org.onecycle.optim.Hyper;
import org.onecycle.optim.Optimizer;
import org.onecycle.show.Chart;

/** Keeps losses, metrics and hyper-parameters of the last fit. */
public final class Recorder extends Callback {
  private static final int ORDER = 50;
  private static final double NANOS = 1e9;

  private final List<Metric> metrics;
  private final boolean trainMetrics;
  private final AvgSmoothLoss smooth = new AvgSmoothLoss();
  private final AvgLoss validLoss = new AvgLoss();
  private final List<EpochRecord> history = new ArrayList<>();
  private final List<BatchRecord> batches = new ArrayList<>();
  private final List<Integer> epochEnds = new ArrayList<>();
  private final Map<String, Double> trainValues = new LinkedHashMap<>();
  private Scores validation = new Scores(Double.NaN, Map.of());
  private double trainLoss = Double.NaN;
  private long epochStart;

  Recorder(List<Metric> metrics, boolean trainMetrics) {
    this.metrics = List.copyOf(metrics);
    this.trainMetrics = trainMetrics;
  }

  @Override
  public int order() {
    return ORDER;
  }

  /** Returns the epochs of the last fit. */
  public List<EpochRecord> history() {
    return new History(history);
  }

  /** Returns the training batches of the last fit. */
  public List<BatchRecord> batches() {
    return List.copyOf(batches);
  }

  /** Returns the result of the last validation. */
  public Scores validation() {
    return validation;
  }

  /** Returns the smoothed loss of the training batches so far; NaN before the first. */
  public double smoothLoss() {
    return smooth.value();
  }

  /** Returns what puts the result of the last validation back: to predict is not to validate. */
  Undo rememberScores() {
    Scores scores = validation;
    return () -> validation = scores;
  }

  /** Draws the last fit's losses: the smoothed one of training, and validation's by epoch. */
  public Chart plotLoss() {
    double[] ends = epochEnds.stream().mapToDouble(e -> e).toArray();
    return new Chart("batch", "loss")
        .line("train", batches.stream().mapToDouble(BatchRecord::smoothLoss).toArray())
        .line("valid", ends, history.stream().mapToDouble(EpochRecord::validLoss).toArray());
  }

  /** Draws the learning rate of the last parameter group over the batches of the last fit. */
  public Chart plotSched() {
    return new Chart("batch", "learning rate")
        .line("lr", batches.stream().mapToDouble(BatchRecord::lr).toArray());
  }

  /** Returns what puts the records back as they are now. */
  Undo remember() {
    List<Integer> ends = List.copyOf(epochEnds);
    List<EpochRecord> epochs = history();
    List<BatchRecord> steps = batches();
    Scores scores = validation;
    return () -> {
      history.clear();
      history.addAll(epochs);
      batches.clear();
      batches.addAll(steps);
      epochEnds.clear();
      epochEnds.addAll(ends);
      validation = scores;
    };
  }

  /** Returns the heads of the columns: epoch, losses, metrics, time. */
  public List<String> columns() {
    List<String> names = new ArrayList<>(List.of("epoch", "train_loss"));
    if (trainMetrics) {
      metrics.forEach(m -> names.add("train_" + m.name()));
    }
    names.add("valid_loss");
    metrics.forEach(m -> names.add(trainMetrics ? "valid_" + m.name() : m.name()));
    names.add("time");
    return names;
  }

  /** Returns a record as the cells of a row under {@link #columns}. */
  public List<String> row(EpochRecord record) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(record.epoch()));
    cells.add(number(record.trainLoss()));
    List<Double> values = new ArrayList<>(record.metrics().values());
    int inTraining = trainMetrics ? metrics.size() : 0;
    values.subList(0, inTraining).forEach(v -> cells.add(number(v)));
    cells.add(number(record.validLoss()));
    values.subList(inTraining, values.size()).forEach(v -> cells.add(number(v)));
    cells.add(time(record.seconds()));
    return cells;
  }

  static String number(double value) {
    return Double.isNaN(value) ? "None" : String.format(Locale.ROOT, "%.6f", value);
  }

  static String time(double seconds) {
    long t = (long) seconds;
    long hours = t / 3600;
    String minutes = String.format(Locale.ROOT, "%02d:%02d", t / 60 % 60, t % 60);
    return hours == 0 ? minutes : hours + ":" + minutes;
  }

  @Override
  public void beforeFit(Learner learn) {
    history.clear();
    batches.clear();
    epochEnds.clear();
    smooth.reset();
  }

  @Override
  public void beforeEpoch(Learner learn) {
    epochStart = System.nanoTime();
    trainLoss = Double.NaN;
    trainValues.clear();
    validation = new Scores(Double.NaN, Map.of());
  }

  @Override
  public void beforeTrain(Learner learn) {
    if (trainMetrics) {
      metrics.forEach(Metric::reset);
    }
  }

  @Override
  public void beforeValidate(Learner learn) {
    validLoss.reset();
    metrics.forEach(Metric::reset);
  }

  @Override
  public void afterBatch(Learner learn) {
    TrainingState s = learn.state();
    if (s.lossGrad() == null) {
      return;
    }
    BatchResult result =
        new BatchResult(
            s.pred().detach(), List.of(s.batch().targets()), s.loss(), s.batch().size());
    if (!s.training()) {
      validLoss.accumulate(result);
      metrics.forEach(m -> m.accumulate(result));
      return;
    }
    smooth.accumulate(result);
    if (trainMetrics) {
      metrics.forEach(m -> m.accumulate(result));
    }
    Optimizer opt = learn.opt();
    double mom = opt.hasHyper(Hyper.MOM) ? last(opt.hyper(Hyper.MOM)) : Double.NaN;
    batches.add(new BatchRecord(s.loss(), smooth.value(), last(opt.hyper(Hyper.LR)), mom));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  @Override
  public void afterTrain(Learner learn) {
    trainLoss = smooth.value();
    if (trainMetrics) {
      metrics.forEach(m -> trainValues.put("train_" + m.name(), m.value()));
    }
  }

  @Override
  public void afterValidate(Learner learn) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(m -> values.put(m.name(), m.value()));
    validation = new Scores(validLoss.value(), values);
  }

  @Override
  public void afterEpoch(Learner learn) {
    Map<String, Double> all = new LinkedHashMap<>(trainValues);
    for (Metric m : metrics) {
      double value = validation.metrics().getOrDefault(m.name(), Double.NaN);
      all.put(trainMetrics ? "valid_" + m.name() : m.name(), value);
    }
    double seconds = (System.nanoTime() - epochStart) / NANOS;
    epochEnds.add(batches.size());
    history.add(new EpochRecord(learn.state().epoch(), trainLoss, validation.loss(), all, seconds));
  }
}
