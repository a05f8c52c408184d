package org.onecycle.data;

/** The loaders of samples that are stacked. */
final class StackedLoaders implements LoaderFactory {
  static final StackedLoaders INSTANCE = new StackedLoaders();

  private StackedLoaders() {}

  @Override
  public DataLoader loader(Dataset samples, LoaderSettings settings) {
    return DataLoader.builder(samples)
        .bs(settings.bs())
        .shuffle(settings.shuffles(samples.split()))
        .dropLast(settings.drops(samples.split()))
        .partialN(settings.partialN())
        .itemTfms(settings.itemTfms())
        .collate(settings.collate().orElse(Collate.stack()))
        .options(settings.options())
        .build();
  }
}
