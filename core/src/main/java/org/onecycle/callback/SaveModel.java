package org.onecycle.callback;

import java.nio.file.Path;
import org.onecycle.learner.Learner;

/**
 * Saves the model whenever the monitored number is the best so far, and loads the best one at the
 * end of the fit; or saves it every few epochs, or at the end only.
 *
 * <pre>{@code
 * learn.addCbs(new SaveModel(Path.of("best.safetensors"), Monitor.of("accuracy")));
 * }</pre>
 */
public final class SaveModel extends TrackerCallback {
  private static final int ORDER = 61;

  private enum When {
    BEST,
    EPOCHS,
    END
  }

  private final Path file;
  private final When when;
  private final int every;
  private final boolean withOpt;
  private boolean written;

  /** Saves the model with the lowest validation loss. */
  public SaveModel(Path file) {
    this(file, Monitor.VALID_LOSS);
  }

  /** Saves the best model. */
  public SaveModel(Path file, Monitor monitor) {
    this(file, monitor, When.BEST, 1, false);
  }

  private SaveModel(Path file, Monitor monitor, When when, int every, boolean withOpt) {
    super(monitor);
    this.file = file;
    this.when = when;
    this.every = every;
    this.withOpt = withOpt;
  }

  /**
   * Saves after the epochs 0, {@code k}, {@code 2 k} ..: the file {@code model.safetensors} becomes
   * {@code model_0.safetensors} and so on.
   */
  public static SaveModel everyEpoch(Path file, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("everyEpoch expects at least 1, got " + k);
    }
    return new SaveModel(file, Monitor.VALID_LOSS, When.EPOCHS, k, false);
  }

  /** Saves at the end of the fit only. */
  public static SaveModel atEnd(Path file) {
    return new SaveModel(file, Monitor.VALID_LOSS, When.END, 1, false);
  }

  /** This callback, with the optimiser's state in the file as well; it is not by default. */
  public SaveModel withOpt() {
    return new SaveModel(file, monitor(), when, every, true);
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void beforeFit(Learner learn) {
    super.beforeFit(learn);
    // A best value that stays from fit to fit stands in the file.
    written &= !monitor().resetOnFit();
  }

  @Override
  public void afterEpoch(Learner learn) {
    super.afterEpoch(learn);
    int epoch = learn.state().epoch();
    if (when == When.BEST && newBest()) {
      learn.save(file, withOpt);
      written = true;
    } else if (when == When.EPOCHS && epoch % every == 0) {
      learn.save(numbered(epoch), withOpt);
    }
  }

  private Path numbered(int epoch) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int at = dot > 0 ? dot : name.length();
    return file.resolveSibling(name.substring(0, at) + "_" + epoch + name.substring(at));
  }

  @Override
  public void afterFit(Learner learn) {
    if (when == When.END) {
      learn.save(file, withOpt);
    } else if (when == When.BEST && written) {
      learn.load(file, withOpt);
    }
  }
}
