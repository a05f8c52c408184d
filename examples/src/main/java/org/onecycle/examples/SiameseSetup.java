package org.onecycle.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Splits;
import org.onecycle.data.Transform;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.FlipItem;
import org.onecycle.vision.image.Resize;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;

/**
 * What a run of the Siamese example works on, from its options and from what can be had.
 *
 * @param photos where the photos are
 * @param arch of the encoder
 * @param resnet with its weights
 * @param fromScratch whether these weights know nothing yet
 * @param size of the pictures
 * @param bs pairs in a batch
 * @param epochs of each stage
 * @param seed of every random choice
 */
record SiameseSetup(
    Photos photos,
    Arch arch,
    ResNet resnet,
    boolean fromScratch,
    int size,
    int bs,
    int epochs,
    long seed) {
  private static final int SAMPLE_PER_BREED = 240;
  private static final int EPOCHS = 4;
  private static final double LR_TRAINED = 1e-4;
  private static final double LR_FROM_SCRATCH = 1e-3;

  /** Finds photos and weights, or the embedded sample and a new network. */
  static SiameseSetup of(CommonOptions options, boolean scratch, PrintStream out) {
    TrainedBody body = TrainedBody.of(options, scratch, SAMPLE_PER_BREED, out);
    boolean fromScratch = body.network() == null;
    Arch arch = body.arch();
    ResNet resnet = fromScratch ? arch.model(Rng.of(options.seed(), 1)) : body.network();
    Photos photos = body.photos();
    return new SiameseSetup(
        photos,
        arch,
        resnet,
        fromScratch,
        options.sizeOr(photos.sample() ? 48 : 128),
        options.bsOr(photos.sample() ? 32 : 16),
        options.epochsOr(EPOCHS),
        options.seed());
  }

  /** Steps on the photos: the book's for photos; the sample is small and gains from mirroring. */
  List<Transform<?, ?>> itemTfms() {
    Resize resize = new Resize(size);
    return photos.sample() ? List.of(resize, new FlipItem()) : List.of(resize);
  }

  /** Channels of the encoder's output. */
  int channels() {
    return arch.numFeatures();
  }

  /** The highest learning rate of the last stage. */
  double lr() {
    return fromScratch ? LR_FROM_SCRATCH : LR_TRAINED;
  }

  /** The network, which has learnt the breeds of the training photos if it knew nothing. */
  ResNet resnet(List<Path> files, Splits splits, PrintStream out) {
    if (fromScratch) {
      out.println("First the encoder learns to name the breeds.");
      BreedClassifier.train(this, files, splits);
      out.println("Then the pairs: the head alone, then everything.");
    }
    return resnet;
  }

  /** Says what is trained on what. */
  void announce(DataLoaders dls, PrintStream out) {
    out.printf(
        "%s%s, %d photos to train on, %d to validate, %d px, batches of %d pairs%n",
        arch.id(),
        fromScratch ? " from scratch" : "",
        dls.train().itemCount(),
        dls.valid().itemCount(),
        size,
        bs);
  }
}
