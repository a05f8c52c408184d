package org.onecycle.vision.augment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.onecycle.data.Batch;
import org.onecycle.data.ItemwiseTransform;
import org.onecycle.data.Split;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;

/**
 * Augmentations as one step on batches: each item has its own draws, which all its pictures and
 * masks share.
 *
 * <p>In training the places of all steps become one interpolation and then the light changes; in
 * validation nothing happens, except that pictures are brought to the size where one is set. Works
 * on pictures {@code [N, C, H, W]} of values from 0 to 1, before {@code Normalize}, and on masks
 * {@code [N, H, W]}, whose pixels are the nearest and never of a class that was not there (beyond
 * the edge, where the padding is zeros, they are of class 0).
 *
 * <p>As the first batch transform of a loader that stacks its samples it works in the worker
 * threads, straight from each picture's bytes. A batch that is there already is changed as a whole,
 * to the same numbers.
 */
public final class Augment implements ItemwiseTransform, Exportable {
  private static final int ORDER = 30;

  private final List<Augmentation> steps;
  private final SampleOptions options;
  private final boolean sameForAll;

  /**
   * Of steps in the order in which they apply.
   *
   * @param sameForAll whether all items of a batch share one draw (fastai's {@code batch})
   */
  public Augment(List<? extends Augmentation> steps, SampleOptions options, boolean sameForAll) {
    this.steps = List.copyOf(steps);
    this.options = options;
    this.sameForAll = sameForAll;
  }

  /** Of steps in the order in which they apply, with fastai's options. */
  public static Augment of(Augmentation... steps) {
    return new Augment(List.of(steps), SampleOptions.DEFAULT, false);
  }

  /** The steps, in the order in which they apply. */
  public List<Augmentation> steps() {
    return steps;
  }

  /** How pictures are interpolated. */
  public SampleOptions options() {
    return options;
  }

  @Override
  public Batch encode(Batch batch, Split split, Rng rng) {
    if (split != Split.TRAIN && options.keepsSize()) {
      return batch;
    }
    List<Change> changes = changes(batch.size(), split, rng);
    Sampler sampler = new Sampler(options);
    return batch
        .map(Image.class, x -> sampler.pictures(x, changes))
        .map(Mask.class, x -> sampler.masks(x, changes));
  }

  @Override
  public Step items(int n, Split split, Rng rng) {
    if (split != Split.TRAIN && options.keepsSize()) {
      return null;
    }
    List<Change> changes = changes(n, split, rng);
    return (member, place) -> {
      if (member instanceof Image image) {
        return new AugmentedImage(image, changes.get(place), options);
      }
      return member instanceof Mask mask
          ? new AugmentedMask(mask, changes.get(place), options)
          : member;
    };
  }

  private List<Change> changes(int n, Split split, Rng rng) {
    return split == Split.TRAIN ? draw(n, rng) : Collections.nCopies(n, new Change());
  }

  /** Draws the changes of a batch of n items. */
  List<Change> draw(int n, Rng rng) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (i > 0 && sameForAll) {
        return Collections.nCopies(n, changes.get(0));
      }
      Rng own = Rng.of(rng.seed(), i);
      Change change = new Change();
      steps.forEach(step -> step.draw(own, change));
      changes.add(change);
    }
    return changes;
  }

  /**
   * Returns pictures {@code [N, C, H, W]} after changes that are chosen, one for each picture.
   *
   * @throws IllegalArgumentException if the shape or the number of changes does not fit
   */
  public static Tensor pictures(Tensor x, List<Change> changes, SampleOptions options) {
    return new Sampler(options).pictures(x, changes);
  }

  /**
   * Returns masks {@code [N, H, W]} of whole numbers after changes that are chosen, one for each
   * mask: every number is one that was there, or 0 beyond the edge where the padding is zeros.
   *
   * @throws IllegalArgumentException if the shape or the number of changes does not fit
   */
  public static Tensor masks(Tensor x, List<Change> changes, SampleOptions options) {
    return new Sampler(options).masks(x, changes);
  }

  /** What new pictures see of it: their size. */
  @Override
  public Spec spec() {
    return new Spec(
        AugmentExports.NAME,
        Spec.object()
            .put("height", options.height())
            .put("width", options.width())
            .put("mode", options.mode().name())
            .put("pad_mode", options.padMode().name())
            .put("align_corners", options.alignCorners()));
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public String name() {
    return steps.stream()
        .map(s -> s.getClass().getSimpleName())
        .collect(Collectors.joining(", ", "Augment(", ")"));
  }
}
