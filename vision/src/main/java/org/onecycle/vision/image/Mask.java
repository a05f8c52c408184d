package org.onecycle.vision.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.onecycle.array.DType;
import org.onecycle.data.ChecksSample;
import org.onecycle.data.Collatable;
import org.onecycle.data.HostArray;
import org.onecycle.io.AtomicFile;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * The class of every pixel of a picture: immutable bytes {@code [H, W]}, each the number of a
 * class, 0 to 255.
 *
 * <p>In a batch masks are an INT64 tensor {@code [N, H, W]}. Resizing takes the nearest pixel, so
 * that no class appears that was not there.
 */
public final class Mask implements Raster, Picture, Collatable, ChecksSample, Exportable {
  private static final int LEVELS = 256;
  private static final double GOLDEN = 0.618033988749895;

  private final int width;
  private final int height;
  private final byte[] codes;
  private final Path file;

  /** Takes the array over without a copy: for this package, which does not write to it again. */
  Mask(int width, int height, byte[] codes, Path file) {
    if (width < 1 || height < 1 || (long) width * height != codes.length) {
      throw new IllegalArgumentException(
          "Mask expects sides of at least 1 and a byte for each pixel, got %d x %d and %d bytes"
              .formatted(width, height, codes.length));
    }
    this.width = width;
    this.height = height;
    this.codes = codes;
    this.file = file;
  }

  /**
   * Reads a mask: the grey values of a picture, or the numbers of a palette's colours.
   *
   * @throws ImageException naming the file, when it is missing, no picture, coloured, or holds a
   *     number above 255
   */
  public static Mask open(Path file) {
    return MaskCodec.decode(Codec.read(file), file);
  }

  /** A mask of these bytes {@code [H, W]}, which are copied. */
  public static Mask of(int width, int height, byte[] codes) {
    return new Mask(width, height, codes.clone(), null);
  }

  /**
   * Checks that every number is one of a class.
   *
   * @param classes the number of classes
   * @throws ImageException naming the file, the number and its place
   */
  public Mask check(int classes) {
    for (int i = 0; i < codes.length; i++) {
      if ((codes[i] & 0xff) >= classes) {
        throw new ImageException(
            "%s: expected numbers of classes from 0 to %d, got %d at x %d, y %d"
                .formatted(name(), classes - 1, codes[i] & 0xff, i % width, i / width));
      }
    }
    return this;
  }

  /**
   * Checks that the pictures of the sample have the mask's size.
   *
   * @throws ImageException naming both sizes and the mask's file
   */
  @Override
  public void checkFits(List<?> members, String item) {
    for (Object member : members) {
      if (member instanceof Image image && (image.width() != width || image.height() != height)) {
        throw new ImageException(
            "%s: the mask is %d x %d, its picture %s %d x %d"
                .formatted(name(), width, height, item, image.width(), image.height()));
      }
    }
  }

  private String name() {
    return file == null ? "a mask" : file.toString();
  }

  Mask with(int otherWidth, int otherHeight, byte[] otherCodes) {
    return new Mask(otherWidth, otherHeight, otherCodes, file);
  }

  /**
   * Writes a grey {@code .png}, first beside its place and then moved there.
   *
   * @throws IllegalArgumentException for another extension, which would change the numbers
   */
  public void save(Path target) {
    if (!target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException("Mask.save expects a name ending in .png, got " + target);
    }
    byte[] encoded = Codec.encode(new Image(width, height, 1, codes), target);
    AtomicFile.write(target, temporary -> Files.write(temporary, encoded));
  }

  /** A picture of the mask: black for class 0, a colour of its own for each other class. */
  public Image toImage() {
    byte[] rgb = new byte[3 * codes.length];
    for (int i = 0; i < codes.length; i++) {
      int code = codes[i] & 0xff;
      if (code > 0) {
        // Steps by the golden ratio keep any number of hues apart.
        float hue = (float) (code * GOLDEN % 1);
        int colour = Color.HSBtoRGB(hue, 0.65f, code % 2 == 0 ? 0.75f : 0.95f);
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
    }
    return new Image(width, height, 3, rgb);
  }

  /** Returns {@link #toImage} as Java's own classes have it. */
  @Override
  public BufferedImage toBufferedImage() {
    return toImage().toBufferedImage();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Returns 1. */
  @Override
  public int channels() {
    return 1;
  }

  /** The number of the class of one pixel. */
  public int get(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException("(%d, %d) outside of %s".formatted(x, y, this));
    }
    return codes[y * width + x] & 0xff;
  }

  /** A copy of the bytes {@code [H, W]}. */
  public byte[] codes() {
    return codes.clone();
  }

  byte[] raw() {
    return codes;
  }

  /** The kind: a mask's own pixels are none of a learner's. */
  @Override
  public Spec spec() {
    return Spec.of("vision.mask");
  }

  /** Returns INT64. */
  @Override
  public DType dtype() {
    return DType.INT64;
  }

  /** Returns {@code [H, W]}. */
  @Override
  public long[] shape() {
    return new long[] {height, width};
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    long[] to = target.longs();
    for (int i = 0; i < codes.length; i++) {
      to[offset + i] = codes[i] & 0xff;
    }
  }

  /** Returns the mask of a tensor {@code [H, W]} of numbers of classes. */
  @Override
  public Mask restore(Tensor value) {
    long[] numbers = value.toLongs();
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= LEVELS) {
        throw new IllegalArgumentException(
            "Mask expects numbers of classes from 0 to 255, got " + numbers[i]);
      }
      bytes[i] = (byte) numbers[i];
    }
    return new Mask((int) value.size(1), (int) value.size(0), bytes, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && width == that.width && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "Mask %dx%d".formatted(width, height);
  }
}
