package org.onecycle.vision.augment;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.vision.image.PadMode;

/**
 * The usual augmentations of photographs, each with fastai's default (fastai's {@code
 * aug_transforms}).
 */
public final class AugTransforms {
  private static final double FLIP = 0.5;

  private AugTransforms() {}

  /** Flip, warp, rotation, zoom, brightness and contrast with fastai's defaults. */
  public static Augment augTransforms() {
    return builder().build();
  }

  /** The same, with pictures brought to squares of this size in the same interpolation. */
  public static Augment augTransforms(int size) {
    return builder().size(size).build();
  }

  /** Starts from fastai's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The options, named as fastai's. */
  public static final class Builder {
    private double mult = 1;
    private boolean doFlip = true;
    private boolean flipVert;
    private double maxRotate = 10;
    private double minZoom = 1;
    private double maxZoom = 1.1;
    private double maxLighting = 0.2;
    private double maxWarp = 0.2;
    private double pAffine = 0.75;
    private double pLighting = 0.75;
    private final List<Augmentation> extra = new ArrayList<>();
    private SampleOptions sampling = SampleOptions.DEFAULT;
    private boolean batch;

    private Builder() {}

    /** Multiplies the largest rotation, lighting and warp; 1 by default. */
    public Builder mult(double value) {
      this.mult = value;
      return this;
    }

    /** Whether every second picture is mirrored; so by default. */
    public Builder doFlip(boolean value) {
      this.doFlip = value;
      return this;
    }

    /** Whether pictures may also stand on their heads or lie; not so by default. */
    public Builder flipVert(boolean value) {
      this.flipVert = value;
      return this;
    }

    /** The largest rotation in degrees; 10 by default. */
    public Builder maxRotate(double value) {
      this.maxRotate = value;
      return this;
    }

    /** The smallest zoom; 1 by default. */
    public Builder minZoom(double value) {
      this.minZoom = value;
      return this;
    }

    /** The largest zoom; 1.1 by default. */
    public Builder maxZoom(double value) {
      this.maxZoom = value;
      return this;
    }

    /** The largest change of brightness and contrast; .2 by default. */
    public Builder maxLighting(double value) {
      this.maxLighting = value;
      return this;
    }

    /** The largest warp; .2 by default. */
    public Builder maxWarp(double value) {
      this.maxWarp = value;
      return this;
    }

    /** The probability of each of warp, rotation and zoom; .75 by default. */
    public Builder pAffine(double value) {
      this.pAffine = value;
      return this;
    }

    /** The probability of each of brightness and contrast; .75 by default. */
    public Builder pLighting(double value) {
      this.pLighting = value;
      return this;
    }

    /** More steps, after all others of their kind (fastai's {@code xtra_tfms}). */
    public Builder extra(Augmentation... steps) {
      this.extra.addAll(List.of(steps));
      return this;
    }

    /** Brings all pictures to a square, in validation too; by default they keep their size. */
    public Builder size(int value) {
      return size(value, value);
    }

    /** Brings all pictures to a size, in validation too; by default they keep their size. */
    public Builder size(int height, int width) {
      this.sampling = sampling.withSize(height, width);
      return this;
    }

    /** How pictures are interpolated, not masks; bilinear by default. */
    public Builder mode(Mode value) {
      this.sampling = sampling.withMode(value);
      return this;
    }

    /** What stands beyond the edge; the mirrored picture by default. */
    public Builder padMode(PadMode value) {
      this.sampling = sampling.withPadMode(value);
      return this;
    }

    /** Whether the outer pixels' middles are the picture's corners; so by default. */
    public Builder alignCorners(boolean value) {
      this.sampling = sampling.withAlignCorners(value);
      return this;
    }

    /** Whether all items of a batch share one draw; not so by default. */
    public Builder batch(boolean value) {
      this.batch = value;
      return this;
    }

    /**
     * Makes the step; what cannot change anything is left out.
     *
     * @throws IllegalArgumentException naming the option that is out of its range
     */
    public Augment build() {
      List<Augmentation> steps = new ArrayList<>();
      if (doFlip) {
        steps.add(flipVert ? new Dihedral(FLIP) : new Flip(FLIP));
      }
      if (maxWarp * mult != 0) {
        steps.add(new Warp(maxWarp * mult, pAffine));
      }
      if (maxRotate * mult != 0) {
        steps.add(new Rotate(maxRotate * mult, pAffine));
      }
      if (minZoom != 1 || maxZoom != 1) {
        steps.add(new Zoom(minZoom, maxZoom, pAffine));
      }
      if (maxLighting * mult != 0) {
        steps.add(new Brightness(maxLighting * mult, pLighting));
        steps.add(new Contrast(maxLighting * mult, pLighting));
      }
      steps.addAll(extra);
      return new Augment(steps, sampling, batch);
    }
  }
}
