package org.onecycle.callback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.learner.CallbackException;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;
import org.onecycle.optim.Hyper;
import org.slf4j.LoggerFactory;

class TrackersTest {
  /** Writes down what a tracker thought after each epoch. */
  private static final class Watch extends TrackerCallback {
    private final List<Double> bests = new ArrayList<>();
    private final List<Boolean> news = new ArrayList<>();

    Watch(Monitor monitor) {
      super(monitor);
    }

    @Override
    public void afterEpoch(Learner learn) {
      super.afterEpoch(learn);
      bests.add(best());
      news.add(newBest());
    }
  }

  private static Learner scripted(TrackerCallback cb, String name, double... values) {
    return Lines.learner(4).metrics(Lines.scripted(name, values)).cbs(cb).build();
  }

  @Test
  @DisplayName("TRK-02 larger is better, unless the name says loss or error, or one says so")
  void comparisons() {
    Watch larger = new Watch(Monitor.of("score"));
    scripted(larger, "score", .2, .1).fit(2);
    assertEquals(List.of(.2, .2), larger.bests);
    assertEquals(List.of(true, false), larger.news);
    Watch smaller = new Watch(Monitor.of("score").withBetter(Monitor.Better.LESS));
    scripted(smaller, "score", .2, .1).fit(2);
    assertEquals(List.of(.2, .1), smaller.bests);
    assertEquals(List.of(true, true), smaller.news);
    assertEquals(Monitor.Better.LESS, Monitor.of("error_rate").better());
    assertEquals(Monitor.Better.LESS, Monitor.of("train_loss").better());
    Watch margin = new Watch(Monitor.of("score").withMinDelta(.1));
    scripted(margin, "score", .2, .25, .4).fit(3);
    assertEquals(List.of(true, false, true), margin.news);
  }

  @Test
  @DisplayName("TRK-03 the best value stays over a second fit if it is told to")
  void resetOnFit() {
    Watch kept = new Watch(Monitor.of("score").withResetOnFit(false));
    Learner learn = scripted(kept, "score", .2, .1);
    learn.fit(1);
    learn.fit(1);
    assertEquals(List.of(true, false), kept.news);
    Watch anew = new Watch(Monitor.of("score"));
    Learner other = scripted(anew, "score", .2, .1);
    other.fit(1);
    other.fit(1);
    assertEquals(List.of(true, true), anew.news);
  }

  @Test
  @DisplayName("TRK-04 trackers do not run in a search for a rate, and run again afterwards")
  void notInSearch(@TempDir Path dir) throws IOException {
    Watch watch = new Watch(Monitor.VALID_LOSS);
    Path file = dir.resolve("best.safetensors");
    Path csv = dir.resolve("history.csv");
    Learner learn =
        Lines.learner(4)
            .cbs(watch, new SaveModel(file), new EarlyStopping(), new CsvLogger(csv, false))
            .build();
    assertTrue(learn.lrFind().lrs().length > 0);
    assertEquals(List.of(), watch.news);
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(0, files.count());
    }
    learn.fit(1);
    assertEquals(List.of(true), watch.news);
    assertTrue(Files.exists(file) && Files.exists(csv));
  }

  @Test
  @DisplayName("TRK-05 early stopping after as many epochs as its patience")
  void earlyStopping() {
    EarlyStopping stop = new EarlyStopping(Monitor.VALID_LOSS.withMinDelta(1e9), 2);
    Learner learn = Lines.learner(4).cbs(stop).build();
    // The first epoch beats infinity; the two after it do not beat the first.
    Logger log = (Logger) LoggerFactory.getLogger(EarlyStopping.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    log.setLevel(Level.INFO);
    try {
      assertEquals(3, learn.fit(20).size());
    } finally {
      log.detachAppender(said);
      log.setLevel(null);
    }
    assertEquals(
        List.of("No improvement of valid_loss since epoch 0: early stopping"),
        said.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    assertEquals(20, Lines.learner(4).cbs(new EarlyStopping()).build().fit(20, 1e-3).size());
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(Monitor.VALID_LOSS, 0));
  }

  @Test
  @DisplayName("TRK-06 the best model is saved, and loaded at the end")
  void savesTheBest(@TempDir Path dir) {
    Path file = dir.resolve("deep/best.safetensors");
    SaveModel save = new SaveModel(file, Monitor.of("score"));
    Learner learn = scripted(save, "score", .1, .5, .3);
    List<double[]> weights = new ArrayList<>();
    learn.addCbs(
        new org.onecycle.learner.Callback() {
          @Override
          public void afterEpoch(Learner l) {
            weights.add(l.model().stateDict().get("0.weight").toDoubles());
          }
        });
    learn.fit(3);
    assertArrayEquals(weights.get(1), learn.model().stateDict().get("0.weight").toDoubles(), 0);
    assertFalse(weights.get(1)[0] == weights.get(2)[0]);
  }

  @Test
  @DisplayName("TRK-06 a model every other epoch, or at the end")
  void savesEpochs(@TempDir Path dir) throws IOException {
    Lines.learner(4).cbs(SaveModel.everyEpoch(dir.resolve("model.pt.st"), 2)).build().fit(4);
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(
          List.of("model.pt_0.st", "model.pt_2.st"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    Path end = dir.resolve("end");
    Learner learn = Lines.learner(4).cbs(SaveModel.atEnd(end).withOpt()).build();
    learn.fit(2);
    Learner other = Lines.learner(4).build();
    other.load(end);
    assertArrayEquals(
        learn.model().stateDict().get("0.weight").toDoubles(),
        other.model().stateDict().get("0.weight").toDoubles(),
        0);
  }

  @Test
  @DisplayName("TRK-08 a loss that is not finite ends the fit, nothing of it is recorded")
  void nan() {
    Learner learn = Lines.learner(4).cbs(new TerminateOnNaN()).build();
    learn.fit(10, 1e18);
    assertTrue(learn.recorder().batches().stream().allMatch(b -> Double.isFinite(b.loss())));
    assertTrue(learn.recorder().batches().size() < 20);
  }

  @Test
  @DisplayName("the rate falls on a plateau, and not below its least value")
  void plateau() {
    ReduceLROnPlateau reduce = new ReduceLROnPlateau(Monitor.of("score"), 2, 10, 2e-4);
    Learner learn = scripted(reduce, "score", .5, .4, .4, .4, .4, .4, .4);
    List<Double> lrs = new ArrayList<>();
    learn.addCbs(
        new org.onecycle.learner.Callback() {
          @Override
          public void beforeTrain(Learner l) {
            lrs.add(l.opt().hyper(Hyper.LR)[0]);
          }
        });
    learn.fit(7);
    double[] got = lrs.stream().mapToDouble(d -> d).toArray();
    assertArrayEquals(new double[] {.01, .01, .01, .001, .001, 2e-4, 2e-4}, got, 1e-15);
  }

  @Test
  @DisplayName("a scheduled rate and a plateau callback exclude each other; a name must be known")
  void refusals() {
    Learner learn = Lines.learner(4).cbs(new ReduceLROnPlateau()).build();
    String message =
        assertThrows(CallbackException.class, () -> learn.fitOneCycle(1, .01)).getMessage();
    assertTrue(message.contains("scheduled"), message);
    assertEquals(1, learn.fit(1).size());
    Learner unknown = Lines.learner(4).cbs(new EarlyStopping(Monitor.of("f1"), 1)).build();
    String names = assertThrows(CallbackException.class, () -> unknown.fit(1)).getMessage();
    assertTrue(names.contains("f1") && names.contains("[train_loss, valid_loss]"), names);
  }

  @Test
  @DisplayName("LRN-21 a CSV file with the recorder's columns, a row an epoch; appended if wanted")
  void csv(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("runs/history.csv");
    Learner learn =
        Lines.learner(4).metrics(Lines.scripted("a,b", 1)).cbs(new CsvLogger(file, false)).build();
    List<EpochRecord> history = learn.fit(3);
    List<String> lines = Files.readAllLines(file);
    assertEquals("epoch,train_loss,valid_loss,\"a,b\",time", lines.get(0));
    assertEquals(4, lines.size());
    for (int i = 0; i < 3; i++) {
      String[] cells = lines.get(i + 1).split(",");
      assertEquals(i, Integer.parseInt(cells[0]));
      assertEquals(history.get(i).trainLoss(), Double.parseDouble(cells[1]), 5e-7);
      assertEquals(history.get(i).validLoss(), Double.parseDouble(cells[2]), 5e-7);
    }
    learn.fit(1);
    assertEquals(2, Files.readAllLines(file).size());
    learn.removeCbs(learn.cbs().stream().filter(CsvLogger.class::isInstance).findFirst().get());
    learn.addCbs(new CsvLogger(file, true));
    learn.fit(2);
    assertEquals(4, Files.readAllLines(file).size());
  }
}
