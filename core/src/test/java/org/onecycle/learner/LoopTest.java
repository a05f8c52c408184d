package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.optim.Lr;
import org.onecycle.optim.Optimizers;
import org.onecycle.tensor.Tensor;

class LoopTest {
  private static final List<String> TRAIN_BATCH =
      List.of(
          "before_batch",
          "after_pred",
          "after_loss",
          "before_backward",
          "after_backward",
          "before_step",
          "after_step",
          "after_batch");
  private static final List<String> VALID_BATCH =
      List.of("before_batch", "after_pred", "after_loss", "after_batch");

  private static List<String> times(int n, List<String> events) {
    List<String> all = new ArrayList<>();
    Collections.nCopies(n, events).forEach(all::addAll);
    return all;
  }

  private static List<String> epoch() {
    List<String> all = new ArrayList<>(List.of("before_epoch", "before_train"));
    all.addAll(times(Line.TRAIN, TRAIN_BATCH));
    all.addAll(List.of("after_train", "before_validate"));
    all.addAll(times(Line.VALID, VALID_BATCH));
    all.addAll(List.of("after_validate", "after_epoch"));
    return all;
  }

  private static List<String> run(EventLog log, int epochs) {
    Line.learner(new Line()).cbs(log).build().fit(epochs);
    return log.events();
  }

  @Test
  @DisplayName("LRN-01 LRN-02 LRN-03 LRN-04 the events of a fit")
  void events() {
    List<String> expected = new ArrayList<>(List.of("after_create", "before_fit"));
    expected.addAll(epoch());
    expected.addAll(epoch());
    expected.addAll(List.of("after_fit", "cleanup"));
    assertEquals(expected, run(new EventLog(), 2));
    assertEquals(0, Line.learner(new Line()).build().state().loss());
  }

  @Test
  @DisplayName("LRN-05 counters go up by training batches only")
  void counters() {
    List<Double> pct = new ArrayList<>();
    List<Integer> iters = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void beforeTrain(Learner learn) {
            starts.add(learn.state().pctTrain());
          }

          @Override
          public void beforeBatch(Learner learn) {
            pct.add(learn.state().pctTrain());
            iters.add(learn.state().trainIter());
          }
        };
    Learner learn = Line.learner(new Line()).cbs(watch).build();
    learn.fit(2);
    assertEquals(List.of(0.0, 0.5), starts);
    int[] trained = {0, 1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 10};
    assertArrayEquals(trained, iters.stream().mapToInt(i -> i).toArray());
    for (int i = 0; i < trained.length; i++) {
      assertEquals(trained[i] / 10.0, pct.get(i), 1e-12);
    }
    assertEquals(10, learn.state().trainIter());
    assertEquals(1, learn.state().pctTrain(), 1e-12);
  }

  @Test
  @DisplayName("LRN-06 gradients are right, still there after the step and gone after the batch")
  void gradients() {
    Line model = new Line();
    double[] expected = new double[2];
    double[] seen = new double[2];
    List<Boolean> zero = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public boolean runValid() {
            return false;
          }

          @Override
          public void afterPred(Learner learn) {
            Tensor x = learn.state().batch().input(0);
            Tensor off = learn.state().pred().detach().sub(learn.state().batch().target(0));
            expected[0] = x.mul(off).mul(2).mean().item();
            expected[1] = off.mul(2).mean().item();
          }

          @Override
          public void afterStep(Learner learn) {
            seen[0] = model.a.grad().item();
            seen[1] = model.b.grad().item();
            assertArrayEquals(expected, seen, 1e-5);
          }

          @Override
          public void afterBatch(Learner learn) {
            zero.add(model.a.grad() == null && model.b.grad() == null);
          }
        };
    Line.learner(model).cbs(watch).build().fit(1);
    assertEquals(Collections.nCopies(Line.TRAIN, true), zero);
  }

  @Test
  void theReportedLossIsNotWhatARegulariserDifferentiates() {
    Line model = new Line(0, 0);
    Callback nothing =
        new Callback() {
          @Override
          public void afterLoss(Learner learn) {
            learn.state().lossGrad(learn.state().lossGrad().mul(0));
          }
        };
    Learner learn = Line.learner(model).optFunc(Optimizers.sgd()).cbs(nothing).build();
    EpochRecord epoch = learn.fit(1, 0.1).get(0);
    assertEquals(0, model.a.tensor().item());
    assertTrue(epoch.trainLoss() > 5, "" + epoch);
  }

  @Test
  void eachPartCanBeCancelled() {
    EventLog batch =
        new EventLog(
            "after_loss",
            l -> {
              throw Phase.BATCH.cancel();
            });
    List<String> cut =
        List.of("before_batch", "after_pred", "after_loss", "after_cancel_batch", "after_batch");
    assertEquals(cut, run(batch, 1).subList(4, 9));

    EventLog step =
        new EventLog(
            "before_step",
            l -> {
              throw Phase.STEP.cancel();
            });
    assertEquals(
        List.of("before_step", "after_cancel_step", "after_step", "after_batch"),
        run(step, 1).subList(9, 13));

    EventLog backward =
        new EventLog(
            "before_backward",
            l -> {
              throw Phase.BACKWARD.cancel();
            });
    assertEquals(
        List.of("before_backward", "after_cancel_backward", "after_backward", "before_step"),
        run(backward, 1).subList(7, 11));

    EventLog train =
        new EventLog(
            "before_step",
            l -> {
              throw Phase.TRAIN.cancel();
            });
    assertEquals(
        List.of("before_step", "after_cancel_train", "after_train", "before_validate"),
        run(train, 1).subList(9, 13));

    EventLog valid =
        new EventLog(
            "before_validate",
            l -> {
              throw Phase.VALIDATE.cancel();
            });
    List<String> events = run(valid, 1);
    int at = events.indexOf("before_validate");
    assertEquals(
        List.of(
            "before_validate",
            "after_cancel_validate",
            "after_validate",
            "after_epoch",
            "after_fit",
            "cleanup"),
        events.subList(at, events.size()));

    EventLog epoch =
        new EventLog(
            "before_train",
            l -> {
              throw Phase.EPOCH.cancel();
            });
    assertEquals(
        List.of(
            "before_epoch", "before_train", "after_cancel_epoch", "after_epoch", "before_epoch"),
        run(epoch, 2).subList(2, 7));

    EventLog fit =
        new EventLog(
            "after_pred",
            l -> {
              throw Phase.FIT.cancel();
            });
    assertEquals(
        List.of(
            "before_fit",
            "before_epoch",
            "before_train",
            "before_batch",
            "after_pred",
            "after_cancel_fit",
            "after_fit",
            "cleanup"),
        run(fit, 2).subList(1, 9));
  }

  @Test
  void anErrorNamesTheCallbackAndTheEventAndEverybodyCleansUp() {
    RuntimeException cause = new IllegalStateException("no more disk");
    EventLog broken =
        new EventLog(
            "after_step",
            l -> {
              throw cause;
            });
    EventLog other = new EventLog();
    Learner learn = Line.learner(new Line()).cbs(broken, other).build();
    CallbackException e = assertThrows(CallbackException.class, () -> learn.fit(1));
    assertTrue(e.getMessage().startsWith("EventLog.afterStep: "), e.getMessage());
    assertTrue(e.getMessage().contains("no more disk"), e.getMessage());
    assertSame(cause, e.getCause());
    assertEquals("cleanup", broken.events().get(broken.events().size() - 1));
    assertEquals("cleanup", other.events().get(other.events().size() - 1));
    assertNull(learn.state().batch());
  }

  @Test
  void aFailingCleanUpKeepsNobodyFromCleaningUp() {
    EventLog broken =
        new EventLog(
            "cleanup",
            l -> {
              throw new IllegalStateException("stuck");
            });
    EventLog other = new EventLog();
    Learner learn = Line.learner(new Line()).cbs(broken, other).build();
    CallbackException e = assertThrows(CallbackException.class, () -> learn.fit(1));
    assertTrue(e.getMessage().startsWith("EventLog.cleanup: "), e.getMessage());
    assertEquals("cleanup", other.events().get(other.events().size() - 1));
  }

  @Test
  void aCallbackThatSwitchesItselfOffIsOnAgainInTheNextFit() {
    EventLog[] log = new EventLog[1];
    log[0] = new EventLog("before_train", l -> log[0].run(false));
    Learner learn = Line.learner(new Line()).cbs(log[0]).build();
    learn.fit(1);
    assertEquals(
        List.of("after_create", "before_fit", "before_epoch", "before_train", "cleanup"),
        log[0].events());
    assertTrue(log[0].run());
  }

  @Test
  void callbacksForOneFitAreGoneAfterwardsAlsoWhenItFails() {
    EventLog broken =
        new EventLog(
            "before_fit",
            l -> {
              throw new IllegalStateException("x");
            });
    Learner learn = Line.learner(new Line()).build();
    List<Callback> before = learn.cbs();
    FitOptions with = FitOptions.DEFAULT.withCbs(broken);
    assertThrows(CallbackException.class, () -> learn.fit(1, Lr.of(1e-3), with));
    assertEquals(before, learn.cbs());
    learn.fit(1);
  }

  @Test
  void anInterruptEndsTheFitCleanlyAndTheFlagRemains() {
    Line model = new Line();
    EventLog log =
        new EventLog(
            "after_batch",
            l -> {
              if (l.state().trainIter() == 2) {
                Thread.currentThread().interrupt();
              }
            });
    Learner learn = Line.learner(model).cbs(log).build();
    List<EpochRecord> history = learn.fit(3);
    assertTrue(Thread.interrupted(), "the flag is restored");
    assertTrue(history.isEmpty());
    assertEquals(2, learn.state().trainIter());
    int n = log.events().size();
    assertEquals(
        List.of("after_batch", "after_cancel_fit", "after_fit", "cleanup"),
        log.events().subList(n - 4, n));
    assertFalse(model.a.tensor().item() == 0.5, "two steps have been made");

    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, learn::validate);
    assertTrue(Thread.interrupted());
    assertEquals(3, learn.removeCbs(log).fit(3).size());
  }

  @Test
  void anInterruptWhileWaitingForAWorkerEndsTheFitToo() {
    EventLog log =
        new EventLog(
            "after_step",
            l -> {
              if (l.state().trainIter() == 1) {
                Thread.currentThread().interrupt();
              }
            });
    Learner learn =
        Learner.of(Line.data(2), new Line())
            .lossFunc(new org.onecycle.loss.MSELossFlat())
            .progress(org.onecycle.show.ProgressOutput.none())
            .cbs(log)
            .build();
    learn.fit(2);
    assertTrue(Thread.interrupted());
    assertTrue(log.events().contains("after_cancel_fit"));
  }
}
