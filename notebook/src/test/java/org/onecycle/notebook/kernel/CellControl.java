package org.onecycle.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs snippets as IJava does: in this process, on one thread of their own, which an interrupt
 * interrupts without waiting for it; values are kept as objects; of an exception there remain the
 * class, the message and the trace, but not the cause.
 */
final class CellControl extends DirectExecutionControl {
  private static final Object NULL = new Object();

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private volatile Future<Object> running;

  /** Takes the value that {@link #invoke} has kept under a name. */
  Object take(String key) {
    Object value = values.remove(key);
    return value == NULL ? null : value;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    running = executor.submit(() -> snippet.invoke(null));
    Object value;
    try {
      value = running.get();
    } catch (CancellationException e) {
      throw new StoppedException();
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof InvocationTargetException i) {
        thrown = i.getCause();
      }
      throw new UserException(
          String.valueOf(thrown.getMessage()), thrown.getClass().getName(), thrown.getStackTrace());
    }
    String key = UUID.randomUUID().toString();
    values.put(key, value == null ? NULL : value);
    return key;
  }

  @Override
  public void stop() {
    Future<Object> now = running;
    if (now != null) {
      now.cancel(true);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    super.close();
  }
}
