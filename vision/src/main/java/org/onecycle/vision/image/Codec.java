package org.onecycle.vision.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Picture files to {@link Image} and back, by OpenCV; native memory never leaves a method here. */
final class Codec {
  private static final int JPEG_QUALITY = 95;

  static {
    // The workers of the data loader decode in parallel already.
    opencv_core.setNumThreads(1);
  }

  private Codec() {}

  /** Reads the file in Java, because OpenCV mangles some path names and hides the reason. */
  static byte[] read(Path file) {
    if (Files.isDirectory(file)) {
      throw new ImageException(file + ": expected a picture, got a folder");
    }
    if (!Files.exists(file)) {
      throw new ImageException(file + ": no such file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ImageException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Decodes at once. */
  static Image decode(byte[] encoded, String name, int wanted) {
    Container container = check(encoded, name);
    return decode(encoded, name, container, reduction(container, wanted));
  }

  /** Decodes a JPEG when its pixels are asked for; everything else at once. */
  static Image defer(byte[] encoded, String name, int wanted) {
    Container container = check(encoded, name);
    int reduction = reduction(container, wanted);
    boolean known =
        container.format() == Container.Format.JPEG
            && reduction == 0
            && container.width() > 0
            && container.height() > 0;
    return known
        ? new Image(new Deferred.Encoded(encoded, name, container.width(), container.height()))
        : decode(encoded, name, container, reduction);
  }

  private static Container check(byte[] encoded, String name) {
    if (encoded.length == 0) {
      throw new ImageException(name + ": the file is empty");
    }
    return Container.check(encoded, name);
  }

  private static Image decode(byte[] encoded, String name, Container container, int reduction) {
    return decoded(
        encoded,
        name,
        container,
        reduction,
        mat -> {
          byte[] pixels = new byte[Math.multiplyExact(mat.rows() * 3, mat.cols())];
          mat.data().get(pixels);
          return new Image(mat.cols(), mat.rows(), 3, pixels);
        });
  }

  /** Decodes a picture of this size into the beginning of an array. */
  static void decode(byte[] encoded, String name, int width, int height, byte[] to) {
    Container container = new Container(Container.Format.JPEG, width, height);
    decoded(
        encoded,
        name,
        container,
        0,
        mat -> {
          if (mat.cols() != width || mat.rows() != height) {
            throw new ImageException(name + ": " + whyNot(container, encoded));
          }
          mat.data().get(to, 0, width * height * 3);
          return to;
        });
  }

  private static <T> T decoded(
      byte[] encoded, String name, Container container, int reduction, Function<Mat, T> then) {
    int flags = IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION | reduction;
    try (BytePointer bytes = new BytePointer(encoded);
        Mat input = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
        Mat decoded = imdecode(input, flags)) {
      if (decoded.empty()) {
        throw new ImageException(name + ": " + whyNot(container, encoded));
      }
      return then.apply(decoded);
    } catch (ImageException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ImageException(name + ": cannot be decoded (" + e.getMessage() + ")", e);
    }
  }

  /**
   * libjpeg skips high frequencies for free; other formats would be decoded whole anyway. The
   * constants named after grey hold the reduction alone, those named after colour exclude RGB.
   */
  private static int reduction(Container container, int wanted) {
    int ratio = Math.min(container.width(), container.height()) / Math.max(1, wanted);
    if (container.format() != Container.Format.JPEG || ratio < 2) {
      return 0;
    }
    return ratio >= 8
        ? IMREAD_REDUCED_GRAYSCALE_8
        : ratio >= 4 ? IMREAD_REDUCED_GRAYSCALE_4 : IMREAD_REDUCED_GRAYSCALE_2;
  }

  private static String whyNot(Container container, byte[] encoded) {
    if (container.format() != Container.Format.OTHER) {
      return "a damaged " + container.format();
    }
    String head =
        new String(encoded, 0, Math.min(12, encoded.length), StandardCharsets.ISO_8859_1)
            .replaceAll("[^\\x20-\\x7e]", ".");
    return "not a picture in a known format (it begins with \"" + head + "\")";
  }

  static byte[] encode(Image image, Path file) {
    String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String extension = lower.substring(Math.max(0, lower.lastIndexOf('.')));
    if (!extension.matches("\\.(png|jpe?g)")) {
      throw new IllegalArgumentException(
          "Image.save expects a name ending in .png, .jpg or .jpeg, got " + file);
    }
    byte[] pixels = image.raw().clone();
    if (image.channels() == 3) {
      swapRedAndBlue(pixels);
    }
    int type = image.channels() == 3 ? opencv_core.CV_8UC3 : opencv_core.CV_8UC1;
    int[] options =
        lower.endsWith(".png") ? new int[0] : new int[] {IMWRITE_JPEG_QUALITY, JPEG_QUALITY};
    try (BytePointer bytes = new BytePointer(pixels);
        BytePointer suffix = new BytePointer(extension);
        IntPointer parameters = new IntPointer(options);
        Mat mat = new Mat(image.height(), image.width(), type, bytes);
        BytePointer out = new BytePointer()) {
      if (!imencode(suffix, mat, out, parameters)) {
        throw new ImageException(file + ": cannot be encoded");
      }
      byte[] encoded = new byte[(int) out.limit()];
      out.get(encoded);
      return encoded;
    }
  }

  private static void swapRedAndBlue(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      byte first = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = first;
    }
  }
}
