package org.onecycle.learner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The callbacks of a learner, called in their order. */
final class Callbacks {
  private final Learner learn;
  private List<Callback> ordered = List.of();

  Callbacks(Learner learn) {
    this.learn = learn;
  }

  List<Callback> list() {
    return ordered;
  }

  void add(List<? extends Callback> more) {
    List<Callback> all = new ArrayList<>(ordered);
    all.addAll(more);
    all.sort(Comparator.comparingInt(Callback::order));
    ordered = List.copyOf(all);
  }

  void remove(List<? extends Callback> some) {
    ordered = ordered.stream().filter(c -> some.stream().noneMatch(s -> s == c)).toList();
  }

  void call(Event event) {
    boolean training = learn.state().training();
    for (Callback c : ordered) {
      if (c.run() && (!event.isInner() || (training ? c.runTrain() : c.runValid()))) {
        guard(c, event.method(), () -> event.call(c, learn));
      }
    }
  }

  /** Lets every callback clean up, whatever the others do, and switches all on again. */
  void cleanup(Throwable earlier) {
    RuntimeException first = null;
    for (Callback c : ordered) {
      try {
        guard(c, "cleanup", () -> c.cleanup(learn));
      } catch (RuntimeException e) {
        if (earlier != null) {
          earlier.addSuppressed(e);
        } else if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  void switchOn() {
    ordered.forEach(c -> c.run(true));
  }

  private static void guard(Callback c, String event, Runnable call) {
    try {
      call.run();
    } catch (CancelException | CallbackException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CallbackException(c, event, e);
    }
  }
}
