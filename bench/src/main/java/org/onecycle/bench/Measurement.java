package org.onecycle.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.bench.work.Message;

/**
 * Measures a row: every side in a process of its own, one working while the others wait, in rounds,
 * so that a machine whose speed changes does not favour one.
 */
final class Measurement {
  private static final double PEAK_SECONDS = .3;
  private static final int PEAK_STEPS = 3;
  // The threads of the one before spin for a moment before they sleep.
  private static final long SETTLE_MILLIS = 50;

  private final Row row;
  private final Effort effort;
  private final Map<Side, Worker> workers = new LinkedHashMap<>();
  private final Map<Side, List<Double>> rates = new LinkedHashMap<>();
  private final Map<Side, Double> losses = new LinkedHashMap<>();
  private final Map<Side, SideResult> absent = new LinkedHashMap<>();
  private final List<Double> gflops = new ArrayList<>();

  private Measurement(Row row, Effort effort) {
    this.row = row;
    this.effort = effort;
  }

  /**
   * Measures.
   *
   * @param inputs the folder with the row's inputs
   * @param peak the worker that measures what the machine can do
   */
  static RowResult of(Row row, Effort effort, Commands commands, Path inputs, Worker peak) {
    Measurement m = new Measurement(row, effort);
    try {
      for (Side side : row.sides()) {
        m.start(side, commands, inputs);
      }
      m.rounds(peak);
      return m.result();
    } finally {
      m.workers.values().forEach(Worker::close);
    }
  }

  private void start(Side side, Commands commands, Path inputs) {
    String name = side == Side.ONECYCLE_FLOAT ? Row.RESNET34_TRAIN.id() : row.id();
    try {
      Worker worker =
          Worker.start(commands.worker(side, name, inputs), inputs.resolve(side.id() + ".log"));
      workers.put(side, worker);
      rates.put(side, new ArrayList<>());
      worker.run(effort.warmSteps(), effort.warmSeconds());
    } catch (UnsupportedOperationException | IOException e) {
      drop(side, e.getMessage());
    }
  }

  private void rounds(Worker peak) {
    List<Side> order = new ArrayList<>(workers.keySet());
    for (int i = 0; i < effort.rounds(); i++) {
      measurePeak(peak);
      for (Side side : order) {
        if (workers.containsKey(side)) {
          measure(side);
        }
      }
      // Nobody is always the one that works after the same other one.
      Collections.rotate(order, 1);
    }
  }

  private void measurePeak(Worker peak) {
    try {
      Message done = peak.run(PEAK_STEPS, PEAK_SECONDS);
      gflops.add(done.steps() * peak.ready().flops() / done.seconds() / 1e9);
    } catch (IOException e) {
      throw new IllegalStateException("The measurement of the peak failed: " + e.getMessage(), e);
    }
  }

  private void measure(Side side) {
    Worker worker = workers.get(side);
    try {
      Thread.sleep(SETTLE_MILLIS);
      Message done = worker.run(row.stepsPerRound(), effort.seconds());
      rates.get(side).add(done.steps() * worker.ready().items() / done.seconds());
      losses.put(side, done.loss());
    } catch (IOException e) {
      drop(side, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      drop(side, "interrupted");
    }
  }

  private void drop(Side side, String why) {
    absent.put(side, SideResult.absent(side, why));
    Worker worker = workers.remove(side);
    if (worker != null) {
      worker.close();
    }
  }

  private RowResult result() {
    double flops = Double.NaN;
    List<SideResult> sides = new ArrayList<>();
    for (Side side : row.sides()) {
      if (absent.containsKey(side)) {
        sides.add(absent.get(side));
        continue;
      }
      Worker worker = workers.get(side);
      Message ready = worker.ready();
      if (side == Side.ONECYCLE && ready.flops() != null) {
        flops = ready.flops() / ready.items();
      }
      List<Double> all = rates.get(side).stream().map(Numbers::rounded).toList();
      sides.add(
          new SideResult(side.id(), ready.ready(), all, losses.get(side), peakMb(worker), null));
    }
    return RowResult.of(row, sides, flops, gflops);
  }

  private static Long peakMb(Worker worker) {
    try {
      Long kb = worker.end().peakKb();
      return kb == null || kb == 0 ? null : kb / 1024;
    } catch (IOException e) {
      return null;
    }
  }
}
