package org.onecycle.vision.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.data.Collatable;
import org.onecycle.data.HostArray;
import org.onecycle.io.AtomicFile;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * An immutable picture of 8 bits per channel: bytes {@code [H, W, C]}, C = 3 in the order red,
 * green, blue, or C = 1 for grey.
 *
 * <p>A file is read as it lies: the EXIF orientation is ignored, as fastai does, so that pictures,
 * masks and boxes made for one library fit the other. Palettes, grey, 16 bits, alpha and CMYK all
 * become RGB; alpha is dropped.
 *
 * <p>In a batch pictures are a FLOAT tensor {@code [N, C, H, W]} of {@code byte / 255} (fastai's
 * {@code ToTensor} and {@code IntToFloatTensor}).
 */
public final class Image implements Raster, Collatable, Picture, Exportable {
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < UNIT.length; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final int width;
  private final int height;
  private final int channels;
  private volatile byte[] pixels;
  private Deferred deferred;
  private boolean asked;

  /** Takes the array over without a copy: for this package, which does not write to it again. */
  Image(int width, int height, int channels, byte[] pixels) {
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "Image expects sides of at least 1 and 1 or 3 channels, got [%d, %d, %d]"
              .formatted(height, width, channels));
    }
    if ((long) width * height * channels != pixels.length) {
      throw new IllegalArgumentException(
          "Image [%d, %d, %d] expects %d bytes, got %d"
              .formatted(height, width, channels, (long) width * height * channels, pixels.length));
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels;
  }

  /** A picture whose pixels are made when they are asked for. */
  Image(Deferred.Encoded file) {
    this.width = file.width();
    this.height = file.height();
    this.channels = Deferred.Encoded.CHANNELS;
    this.deferred = file;
  }

  /** A picture whose pixels are made when they are asked for. */
  Image(Deferred.Scaled part) {
    Sizes.check("Image", part.height(), part.width());
    this.width = part.width();
    this.height = part.height();
    this.channels = part.from().channels();
    this.deferred = part;
  }

  /**
   * Reads a picture as RGB.
   *
   * @throws ImageException naming the file, when it is missing, a folder, empty, truncated or no
   *     picture
   */
  public static Image open(Path file) {
    return open(file, Integer.MAX_VALUE);
  }

  /**
   * Reads a picture that will be shrunk to sides of {@code wanted} pixels anyway: a JPEG may be
   * decoded at 1/2, 1/4 or 1/8 of its size, which is about twice as fast, as long as neither side
   * falls below {@code wanted}. Its pixels then differ a little from those of a full decoding.
   *
   * @throws ImageException as {@link #open(Path)}
   */
  public static Image open(Path file, int wanted) {
    return Codec.decode(Codec.read(file), file.toString(), wanted);
  }

  /** Reads a picture as grey, with the weights .299, .587, .114 where it has colours. */
  public static Image openGrey(Path file) {
    return open(file).toGrey();
  }

  /**
   * Decodes the bytes of a picture file as RGB.
   *
   * @param name what to call it in an error
   * @throws ImageException when the bytes are no whole picture
   */
  public static Image decode(byte[] encoded, String name) {
    return Codec.decode(encoded, name, Integer.MAX_VALUE);
  }

  /** A picture of these bytes {@code [H, W, C]}, which are copied. */
  public static Image of(int width, int height, int channels, byte[] pixels) {
    return new Image(width, height, channels, pixels.clone());
  }

  /** Copies a picture of the JDK: grey stays grey, everything else becomes RGB without alpha. */
  public static Image of(BufferedImage from) {
    int w = from.getWidth();
    int h = from.getHeight();
    if (from.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      byte[] grey = new byte[w * h];
      from.getRaster().getDataElements(0, 0, w, h, grey);
      return new Image(w, h, 1, grey);
    }
    byte[] rgb = new byte[w * h * 3];
    int[] row = new int[w];
    int to = 0;
    for (int y = 0; y < h; y++) {
      from.getRGB(0, y, w, 1, row, 0, w);
      for (int value : row) {
        rgb[to++] = (byte) (value >> 16);
        rgb[to++] = (byte) (value >> 8);
        rgb[to++] = (byte) value;
      }
    }
    return new Image(w, h, 3, rgb);
  }

  /** A copy for Swing, notebooks and {@code ImageIO}. */
  @Override
  public BufferedImage toBufferedImage() {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage out = new BufferedImage(width, height, type);
    byte[] to = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
    System.arraycopy(raw(), 0, to, 0, to.length);
    if (channels == 3) {
      for (int i = 0; i < to.length; i += 3) {
        byte red = to[i];
        to[i] = to[i + 2];
        to[i + 2] = red;
      }
    }
    return out;
  }

  /** The picture in grey (the same object when it is grey already). */
  public Image toGrey() {
    if (channels == 1) {
      return this;
    }
    byte[] colours = raw();
    byte[] grey = new byte[width * height];
    for (int i = 0, p = 0; i < grey.length; i++, p += 3) {
      int r = colours[p] & 0xff;
      int g = colours[p + 1] & 0xff;
      int b = colours[p + 2] & 0xff;
      // PIL's 16 bit form of ITU-R 601, so that grey pictures agree with those of Python.
      grey[i] = (byte) ((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
    }
    return new Image(width, height, 1, grey);
  }

  /**
   * Writes a {@code .png} or a {@code .jpg} (quality 95), first beside its place and then moved
   * there, so that no half-written picture is ever seen; makes the folder where it is missing.
   *
   * @throws IllegalArgumentException for another extension
   * @throws UncheckedIOException naming the file, when it cannot be written
   */
  public void save(Path file) {
    byte[] encoded = Codec.encode(this, file);
    AtomicFile.write(file, temporary -> Files.write(temporary, encoded));
  }

  /** Pixels from left to right. */
  @Override
  public int width() {
    return width;
  }

  /** Pixels from top to bottom. */
  @Override
  public int height() {
    return height;
  }

  /** 3 for RGB, 1 for grey. */
  @Override
  public int channels() {
    return channels;
  }

  /** A copy of the bytes {@code [H, W, C]}. */
  public byte[] pixels() {
    return raw().clone();
  }

  /** One value, 0 to 255. */
  public int get(int x, int y, int channel) {
    if (x < 0 || x >= width || y < 0 || y >= height || channel < 0 || channel >= channels) {
      throw new IndexOutOfBoundsException(
          "(%d, %d) channel %d outside of %s".formatted(x, y, channel, this));
    }
    return raw()[(y * width + x) * channels + channel] & 0xff;
  }

  /** The bytes themselves, for this package's loops; not to be written to. */
  byte[] raw() {
    byte[] made = pixels;
    return made == null ? make() : made;
  }

  private synchronized byte[] make() {
    if (pixels == null) {
      pixels = deferred.pixels();
      deferred = null;
    }
    return pixels;
  }

  /**
   * What is still to be done to have the pixels; null if they are there, or will be needed more
   * than once: who asks for the second time is not the loader.
   */
  private synchronized Deferred firstTime() {
    if (pixels != null || asked) {
      return null;
    }
    asked = true;
    return deferred;
  }

  /** Hands over the rows of a part, which lies wholly inside, in another size. */
  void part(Box part, int toWidth, int toHeight, RowSink to) {
    if (firstTime() instanceof Deferred.Encoded file) {
      file.part(part, toWidth, toHeight, to);
      return;
    }
    RowSource rows = RowSource.of(raw(), width, channels, part);
    Scratch scratch = Scratch.take();
    try {
      Resampler.resize(rows, channels, toWidth, toHeight, to, scratch);
    } finally {
      scratch.giveBack();
    }
  }

  /** The kind: a picture's own pixels are none of a learner's. */
  @Override
  public Spec spec() {
    return Spec.of("vision.image");
  }

  /** Returns FLOAT. */
  @Override
  public DType dtype() {
    return DType.FLOAT;
  }

  /** Returns {@code [C, H, W]}. */
  @Override
  public long[] shape() {
    return new long[] {channels, height, width};
  }

  /** Writes {@code [C, H, W]}, from 0 to 1. */
  @Override
  public void writeTo(HostArray target, int offset) {
    float[] to = target.floats();
    int plane = width * height;
    rows(
        (y, row) -> {
          for (int c = 0; c < channels; c++) {
            int start = offset + c * plane + y * width;
            for (int x = 0, p = c; x < width; x++, p += channels) {
              to[start + x] = row[p];
            }
          }
        });
  }

  /** Hands over the rows {@code [W, C]} as numbers from 0 to 1, from top to bottom. */
  public void rows(FloatRows to) {
    int n = width * channels;
    Deferred source = firstTime();
    if (source != null) {
      // Its arrays are taken while it runs.
      float[] row = new float[n];
      source.rows(
          (y, values) -> {
            for (int c = 0; c < channels; c++) {
              int[] channel = values[c];
              for (int x = 0, p = c; x < width; x++, p += channels) {
                row[p] = UNIT[channel[x]];
              }
            }
            to.row(y, row);
          });
      return;
    }
    byte[] from = raw();
    Scratch scratch = Scratch.take();
    try {
      float[] row = scratch.floats(n);
      for (int y = 0; y < height; y++) {
        int start = y * n;
        for (int i = 0; i < n; i++) {
          row[i] = UNIT[from[start + i] & 0xff];
        }
        to.row(y, row);
      }
    } finally {
      scratch.giveBack();
    }
  }

  /** Returns the tensor {@code [C, H, W]} of this picture alone. */
  public Tensor toTensor() {
    HostArray array = HostArray.zeros(dtype(), shape());
    writeTo(array, 0);
    return array.toTensor();
  }

  /**
   * Returns the picture of a tensor {@code [C, H, W]} of numbers from 0 to 1; what lies outside is
   * cut off.
   */
  public static Image of(Tensor tensor) {
    long[] shape = tensor.shape();
    if (shape.length != 3) {
      throw new IllegalArgumentException(
          "Image expects a tensor [C, H, W], got " + Arrays.toString(shape));
    }
    int c = (int) shape[0];
    int plane = (int) (shape[1] * shape[2]);
    float[] from = tensor.toFloats();
    byte[] bytes = new byte[c * plane];
    for (int i = 0; i < bytes.length; i++) {
      float value = from[i % c * plane + i / c];
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
    return new Image((int) shape[2], (int) shape[1], c, bytes);
  }

  @Override
  public Image restore(Tensor value) {
    return of(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && Arrays.equals(raw(), that.raw());
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + channels) + Arrays.hashCode(raw());
  }

  @Override
  public String toString() {
    return "Image %dx%d %s".formatted(width, height, channels == 1 ? "grey" : "RGB");
  }
}
