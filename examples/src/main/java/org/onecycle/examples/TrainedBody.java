package org.onecycle.examples;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.onecycle.io.DownloadException;
import org.onecycle.io.Weights;
import org.onecycle.show.ProgressOutput;
import org.onecycle.vision.Pretrained;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.ResNet;

/**
 * Photos, and a network that has learnt to see, as far as both can be had.
 *
 * @param photos where the photos are, null where the example has data of its own
 * @param arch of the network
 * @param network with its weights, null to start from scratch
 */
record TrainedBody(Photos photos, Arch arch, ResNet network) {
  private static final TrainedBody SCRATCH = new TrainedBody(null, Arch.RESNET18, null);

  /** Finds photos of pets and weights, or the embedded sample and none. */
  static TrainedBody of(CommonOptions options, boolean scratch, int perBreed, PrintStream out) {
    Photos photos =
        options.data() == null ? Photos.petsOrSample(perBreed, out) : Photos.in(options.data());
    if (options.weights() == null && (scratch || photos.sample())) {
      return SCRATCH.with(photos);
    }
    try {
      return network(options, out).with(photos);
    } catch (DownloadException e) {
      if (options.data() != null) {
        throw unavailable(e);
      }
      return SCRATCH.with(Photos.sample(perBreed, e.getMessage(), out));
    }
  }

  /** Finds the weights for data that are there, or none if {@code scratch}. */
  static TrainedBody of(CommonOptions options, boolean scratch, PrintStream out) {
    if (options.weights() == null && scratch) {
      return SCRATCH;
    }
    try {
      return network(options, out);
    } catch (DownloadException e) {
      throw unavailable(e);
    }
  }

  private static TrainedBody network(CommonOptions options, PrintStream out) {
    if (options.weights() != null) {
      Weights weights = Weights.read(options.weights());
      return new TrainedBody(null, Pretrained.of(weights).arch(), Pretrained.resnet(weights));
    }
    try (DownloadBar bar = new DownloadBar(ProgressOutput.standard(), out)) {
      return new TrainedBody(null, Arch.RESNET34, Pretrained.resnet(Arch.RESNET34, bar));
    }
  }

  private static UncheckedIOException unavailable(DownloadException e) {
    return new UncheckedIOException(
        e.getMessage() + "; --weights FILE takes local ones, --scratch does without", e.getCause());
  }

  private TrainedBody with(Photos others) {
    return new TrainedBody(others, arch, network);
  }

  /** For instance {@code resnet18 from scratch}. */
  String text() {
    return arch.id() + (network == null ? " from scratch" : "");
  }
}
