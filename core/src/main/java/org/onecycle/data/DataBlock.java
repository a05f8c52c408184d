package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.onecycle.loss.Loss;

/**
 * A recipe from a source (a folder, a table) to loaders: where the items are, how they are split,
 * what is read off them, and what kinds of members that makes. Using a recipe does not change it.
 *
 * <pre>{@code
 * var pets =
 *     DataBlock.<Path, Path>builder(folder -> ImageFiles.get(folder))
 *         .blocks(ImageBlock.of(), CategoryBlock.of())
 *         .splitter(Splitters.random(42))
 *         .getY(Labellers.fileName().andThen(Labellers.regexLabeller("(.+)_\\d+.jpg$")))
 *         .itemTfms(new Resize(460))
 *         .build();
 * DataLoaders dls = pets.dataLoaders(folder, options -> options.bs(64));
 * }</pre>
 *
 * @param <S> type of the source
 * @param <I> type of the items
 */
public final class DataBlock<S, I> {
  private final Function<? super S, ? extends List<? extends I>> getItems;
  private final Splitter<? super I> splitter;
  private final List<TransformBlock> blocks;
  private final List<Function<? super I, ?>> getters;
  private final List<Transform<?, ?>> itemTfms;
  private final List<BatchTransform> batchTfms;
  private final LoaderFactory loaders;
  private final int nInp;

  DataBlock(
      Function<? super S, ? extends List<? extends I>> getItems,
      Splitter<? super I> splitter,
      List<TransformBlock> blocks,
      List<Function<? super I, ?>> getters,
      List<? extends Transform<?, ?>> itemTfms,
      List<? extends BatchTransform> batchTfms,
      LoaderFactory loaders,
      int nInp) {
    this.getItems = getItems;
    this.splitter = splitter;
    this.blocks = List.copyOf(blocks);
    this.getters = List.copyOf(getters);
    this.itemTfms = new ArrayList<>(itemTfms);
    this.batchTfms = new ArrayList<>(batchTfms);
    this.loaders = loaders;
    this.nInp = nInp;
    for (TransformBlock block : blocks) {
      block.itemTfms().stream().filter(t -> !this.itemTfms.contains(t)).forEach(this.itemTfms::add);
      block.batchTfms().stream()
          .filter(t -> !this.batchTfms.contains(t))
          .forEach(this.batchTfms::add);
    }
  }

  /** Options of a recipe; {@code getItems} finds the items of a source. */
  public static <S, I> DataBlockBuilder<S, I> builder(
      Function<? super S, ? extends List<? extends I>> getItems) {
    return new DataBlockBuilder<>(getItems);
  }

  /** Options of a recipe whose source is the list of items. */
  public static <I> DataBlockBuilder<List<? extends I>, I> ofItems() {
    return new DataBlockBuilder<>(items -> items);
  }

  /** Returns how many blocks are inputs. */
  public int nInp() {
    return nInp;
  }

  /**
   * Reads and splits a source, and takes the vocabularies from its training part.
   *
   * @throws IllegalArgumentException if there are no items
   */
  public Datasets<I> datasets(S source) {
    List<? extends I> items = items(source);
    return datasets(items, split(items));
  }

  /** Makes loaders of a source, with fastai's defaults. */
  public DataLoaders dataLoaders(S source) {
    return dataLoaders(source, options -> options);
  }

  /**
   * Makes loaders of a source.
   *
   * @param options sets the size of the batches and the like; transforms given here replace the
   *     recipe's
   */
  public DataLoaders dataLoaders(S source, UnaryOperator<DataLoadersBuilder<I>> options) {
    DataLoadersBuilder<I> builder =
        DataLoaders.builder(datasets(source))
            .loaders(loaders)
            .itemTfms(itemTfms())
            .batchTfms(batchTfms());
    DataLoaders dls = options.apply(builder).build();
    return loss().map(dls::withLoss).orElse(dls);
  }

  /**
   * Takes one item through every step and returns a line for each: what came out, with type and
   * shape; the last lines name the step that fails and why. Nothing is thrown: ask it when {@link
   * #dataLoaders} fails.
   */
  public String summary(S source) {
    StringBuilder text = new StringBuilder();
    summary(source, text);
    return text.toString();
  }

  /** As {@link #summary(Object)}, written to {@code System.out} or the like, line by line. */
  public void summary(S source, Appendable out) {
    new DataBlockSummary<>(this, out).run(source);
  }

  /**
   * Returns the loss of the sole target, if its block has one. A sole block whose loaders make the
   * target themselves has its loss too.
   */
  Optional<Loss> loss() {
    if (blocks.size() == 1 && blocks.get(0).loaders().isPresent()) {
      return blocks.get(0).loss();
    }
    return blocks.size() == nInp + 1 ? blocks.get(nInp).loss() : Optional.empty();
  }

  List<? extends I> items(S source) {
    List<? extends I> items = getItems.apply(source);
    if (items.isEmpty()) {
      throw new IllegalArgumentException("DataBlock expects at least one item in " + source);
    }
    return items;
  }

  Splits split(List<? extends I> items) {
    Splits splits = splitter.split(items);
    splits.check(items.size());
    return splits;
  }

  Datasets<I> datasets(List<? extends I> items, Splits splits) {
    List<Column<I>> columns = new ArrayList<>();
    for (int c = 0; c < blocks.size(); c++) {
      TransformBlock block = blocks.get(c);
      Pipeline type = Pipeline.of(block.typeTfms().get());
      columns.add(new Column<>(getters.get(c), type, block.once()));
    }
    return Datasets.of(items, splits, columns, nInp);
  }

  List<TransformBlock> blocks() {
    return blocks;
  }

  List<Function<? super I, ?>> getters() {
    return getters;
  }

  LoaderFactory loaders() {
    return loaders;
  }

  /** Transforms that know nothing yet: what they are taught stays out of the recipe. */
  List<? extends Transform<?, ?>> itemTfms() {
    return itemTfms.stream().<Transform<?, ?>>map(Transform::fresh).toList();
  }

  /** As {@link #itemTfms}. */
  List<BatchTransform> batchTfms() {
    return batchTfms.stream().map(BatchTransform::fresh).toList();
  }
}
