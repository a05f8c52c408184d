package org.onecycle.notebook;

import java.util.Optional;
import org.onecycle.show.ProgressOutput;
import org.onecycle.show.ProgressProvider;

/** Shows progress in the cell that trains, where a kernel runs. */
public final class NotebookProgressProvider implements ProgressProvider {
  /** Makes the provider. */
  public NotebookProgressProvider() {}

  @Override
  public Optional<ProgressOutput> progress() {
    Notebook.setup();
    return Kernel.running().map(k -> new NotebookProgress(k, System::nanoTime));
  }
}
