package org.onecycle.io;

/**
 * Registers a module's factories when the first export is read: named in {@code
 * META-INF/services/org.onecycle.io.ExportProvider}.
 */
@FunctionalInterface
public interface ExportProvider {
  /** Calls {@link Exports#register} for each factory. */
  void register();
}
