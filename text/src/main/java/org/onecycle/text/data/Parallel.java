package org.onecycle.text.data;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Work on many texts by several threads, in the order of the texts. */
final class Parallel {
  private static final int CHUNK = 64;

  private Parallel() {}

  static List<List<String>> map(
      int n, int workers, IntFunction<List<String>> step, IntFunction<String> name) {
    // One object for all equal tokens: a corpus has millions of tokens, but few words.
    ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
    IntFunction<List<String>> one = i -> shared(named(i, step, name), known);
    return map(n, workers, one);
  }

  /** The results of a step for each number below n, in their order; null is one too. */
  static <T> List<T> map(int n, int workers, IntFunction<T> one) {
    List<T> out = new ArrayList<>(n);
    if (workers == 0 || n <= CHUNK) {
      for (int i = 0; i < n; i++) {
        out.add(one.apply(i));
      }
      return out;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            job -> {
              Thread thread = new Thread(job, "onecycle-tokens");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<List<T>>> parts = new ArrayList<>();
      for (int from = 0; from < n; from += CHUNK) {
        int start = from;
        int end = Math.min(n, from + CHUNK);
        parts.add(pool.submit(() -> range(start, end, one)));
      }
      for (Future<List<T>> part : parts) {
        out.addAll(get(part));
      }
      return out;
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> List<T> range(int from, int to, IntFunction<T> one) {
    List<T> out = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      out.add(one.apply(i));
    }
    return out;
  }

  private static List<String> named(
      int i, IntFunction<List<String>> step, IntFunction<String> name) {
    try {
      return step.apply(i);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(name.apply(i) + ": " + e.getMessage(), e);
    }
  }

  /** These tokens, equal ones as one object. */
  static List<String> shared(List<String> tokens, ConcurrentHashMap<String, String> known) {
    String[] out = new String[tokens.size()];
    for (int t = 0; t < out.length; t++) {
      String token = tokens.get(t);
      String first = known.putIfAbsent(token, token);
      out[t] = first == null ? token : first;
    }
    return List.of(out);
  }

  private static <T> T get(Future<T> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while splitting texts", e);
    }
  }
}
