package org.onecycle.show;

import java.util.Optional;

/**
 * Shows progress where there is no terminal, such as in a notebook; found by {@link
 * java.util.ServiceLoader}.
 */
public interface ProgressProvider {

  /** Returns where progress is to be shown, if this provider's place is where we are. */
  Optional<ProgressOutput> progress();
}
