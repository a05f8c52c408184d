package org.onecycle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Options of a {@link DataBlock}.
 *
 * @param <S> type of the source
 * @param <I> type of the items
 */
public final class DataBlockBuilder<S, I> {
  private final Function<? super S, ? extends List<? extends I>> getItems;
  private List<TransformBlock> blocks = List.of();
  private Splitter<? super I> splitter;
  private List<Function<? super I, ?>> getX;
  private List<Function<? super I, ?>> getY;
  private List<Function<? super I, ?>> getters;
  private List<Transform<?, ?>> itemTfms = List.of();
  private List<BatchTransform> batchTfms = List.of();
  private LoaderFactory loaders;
  private int nInp;

  DataBlockBuilder(Function<? super S, ? extends List<? extends I>> getItems) {
    this.getItems = getItems;
  }

  /** The kinds of the members of a sample, inputs first. */
  public DataBlockBuilder<S, I> blocks(TransformBlock... values) {
    this.blocks = List.of(values);
    return this;
  }

  /** Which items validate; a random fifth by default. */
  public DataBlockBuilder<S, I> splitter(Splitter<? super I> value) {
    this.splitter = value;
    return this;
  }

  /** How each input is read off an item; it is the item itself by default. */
  @SafeVarargs
  public final DataBlockBuilder<S, I> getX(Function<? super I, ?>... values) {
    this.getX = new ArrayList<>();
    for (Function<? super I, ?> value : values) {
      this.getX.add(value);
    }
    return this;
  }

  /** How each target is read off an item; it is the item itself by default. */
  @SafeVarargs
  public final DataBlockBuilder<S, I> getY(Function<? super I, ?>... values) {
    this.getY = new ArrayList<>();
    for (Function<? super I, ?> value : values) {
      this.getY.add(value);
    }
    return this;
  }

  /** How each member is read off an item, in place of {@link #getX} and {@link #getY}. */
  @SafeVarargs
  public final DataBlockBuilder<S, I> getters(Function<? super I, ?>... values) {
    this.getters = new ArrayList<>();
    for (Function<? super I, ?> value : values) {
      this.getters.add(value);
    }
    return this;
  }

  /** Steps on single samples, before those of the blocks where the order is equal. */
  public DataBlockBuilder<S, I> itemTfms(Transform<?, ?>... values) {
    this.itemTfms = List.of(values);
    return this;
  }

  /** Steps on whole batches, before those of the blocks where the order is equal. */
  public DataBlockBuilder<S, I> batchTfms(BatchTransform... values) {
    return batchTfms(Arrays.asList(values));
  }

  /** Steps on whole batches, before those of the blocks where the order is equal. */
  public DataBlockBuilder<S, I> batchTfms(List<? extends BatchTransform> values) {
    this.batchTfms = List.copyOf(values);
    return this;
  }

  /** The kind of the loaders, in place of that of the blocks. */
  public DataBlockBuilder<S, I> loaders(LoaderFactory value) {
    this.loaders = value;
    return this;
  }

  /** How many blocks are inputs; {@code max(1, blocks - 1)} by default. */
  public DataBlockBuilder<S, I> nInp(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("nInp expects at least 1, got " + value);
    }
    this.nInp = value;
    return this;
  }

  /**
   * Makes the block.
   *
   * @throws IllegalArgumentException naming both numbers, if there are not as many getters as
   *     blocks; if blocks bring loaders of different kinds
   */
  public DataBlock<S, I> build() {
    int n = blocks.size();
    if (n == 0) {
      throw new IllegalArgumentException("DataBlock expects at least one block, got 0");
    }
    int inputs = nInp > 0 ? nInp : Sample.defaultInputs(n);
    if (inputs > n) {
      throw new IllegalArgumentException("DataBlock: nInp " + inputs + " of " + n + " blocks");
    }
    if (getters != null && (getX != null || getY != null)) {
      throw new IllegalArgumentException("DataBlock expects getters, or getX and getY, not both");
    }
    List<Function<? super I, ?>> all = getters;
    if (all == null) {
      List<Function<? super I, ?>> x = counted("getX", getX, inputs, "inputs");
      List<Function<? super I, ?>> y = counted("getY", getY, n - inputs, "targets");
      all =
          IntStream.range(0, n)
              .<Function<? super I, ?>>mapToObj(c -> c < inputs ? x.get(c) : y.get(c - inputs))
              .toList();
    }
    counted("getters", all, n, "blocks");
    return new DataBlock<>(
        getItems,
        splitter == null ? Splitters.random(LoaderOptions.DEFAULT_SEED) : splitter,
        blocks,
        all,
        itemTfms,
        batchTfms,
        loaders == null ? loadersOfBlocks() : loaders,
        inputs);
  }

  private LoaderFactory loadersOfBlocks() {
    LoaderFactory found = null;
    String by = "";
    for (TransformBlock block : blocks) {
      LoaderFactory own = block.loaders().orElse(found);
      if (found != null && !found.equals(own)) {
        throw new IllegalArgumentException(
            "DataBlock: %s and %s bring loaders of different kinds, %s and %s"
                .formatted(by, block.name(), found, own));
      }
      by = found == null ? block.name() : by;
      found = own;
    }
    return found == null ? LoaderFactory.stacked() : found;
  }

  private static <I> List<Function<? super I, ?>> counted(
      String name, List<Function<? super I, ?>> given, int expected, String of) {
    if (given == null) {
      return IntStream.range(0, expected).<Function<? super I, ?>>mapToObj(c -> i -> i).toList();
    }
    if (given.size() != expected) {
      throw new IllegalArgumentException(
          "DataBlock: %s expects one function for each of the %d %s, got %d"
              .formatted(name, expected, of, given.size()));
    }
    return given;
  }
}
