package org.onecycle.vision.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.DataLoadersBuilder;
import org.onecycle.data.Labellers;
import org.onecycle.data.Splitter;
import org.onecycle.data.Splitters;
import org.onecycle.vision.image.ImageFiles;

/** Loaders of labelled pictures in one call, under fastai's names. */
public final class ImageDataLoaders {
  private ImageDataLoaders() {}

  /**
   * Pictures below {@code folder/train/label} and {@code folder/valid/label}.
   *
   * @param options sets transforms, the size of batches and the like
   */
  public static DataLoaders fromFolder(
      Path folder, UnaryOperator<DataLoadersBuilder<Path>> options) {
    return load(ImageFiles.get(folder), Splitters.grandparent(), Labellers.parentLabel(), options);
  }

  /**
   * Pictures with a function from file to label; a random part validates.
   *
   * @param options sets transforms, the size of batches and the like
   */
  public static DataLoaders fromPathFunc(
      List<Path> files,
      Function<? super Path, ?> label,
      double validPct,
      long seed,
      UnaryOperator<DataLoadersBuilder<Path>> options) {
    return load(files, Splitters.random(validPct, seed), label, options);
  }

  /**
   * Pictures whose names hold the label as group 1 of a pattern; a random part validates.
   *
   * @param options sets transforms, the size of batches and the like
   */
  public static DataLoaders fromNameRegex(
      List<Path> files,
      String pattern,
      double validPct,
      long seed,
      UnaryOperator<DataLoadersBuilder<Path>> options) {
    Function<Path, String> label = Labellers.fileName().andThen(Labellers.regexLabeller(pattern));
    return fromPathFunc(files, label, validPct, seed, options);
  }

  /**
   * Pictures whose names and labels stand in a CSV file with a line of column names.
   *
   * <pre>{@code
   * DataLoaders dls =
   *     ImageDataLoaders.fromCsv(labels)
   *         .suff(".jpg")
   *         .validCol("is_valid")
   *         .load(o -> o.itemTfms(new Resize(224)).bs(32));
   * }</pre>
   */
  public static ImageCsv fromCsv(Path csv) {
    return new ImageCsv(csv);
  }

  private static DataLoaders load(
      List<Path> files,
      Splitter<? super Path> splitter,
      Function<? super Path, ?> label,
      UnaryOperator<DataLoadersBuilder<Path>> options) {
    return DataBlock.<Path>ofItems()
        .blocks(ImageBlock.of(), CategoryBlock.of())
        .splitter(splitter)
        .getY(label)
        .build()
        .dataLoaders(files, options);
  }
}
