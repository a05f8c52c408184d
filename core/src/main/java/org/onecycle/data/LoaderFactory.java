package org.onecycle.data;

/**
 * Makes the loader of some samples: how they are ordered, drawn and collated (fastai's {@code
 * dl_type} and {@code dls_kwargs}). Equal factories are one kind.
 */
@FunctionalInterface
public interface LoaderFactory {

  /**
   * Makes a loader.
   *
   * @throws IllegalArgumentException if the samples do not fill a batch, or a setting makes no
   *     sense for loaders of this kind
   */
  DataLoader loader(Dataset samples, LoaderSettings settings);

  /** Samples of equal shape, shuffled in training and stacked. */
  static LoaderFactory stacked() {
    return StackedLoaders.INSTANCE;
  }
}
