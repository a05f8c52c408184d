package org.onecycle.vision.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads masks with the JDK, which tells a palette's numbers from its colours; OpenCV gives colours
 * alone.
 */
final class MaskCodec {
  private static final int LARGEST = 255;

  private MaskCodec() {}

  static Mask decode(byte[] encoded, Path file) {
    if (encoded.length == 0) {
      throw new ImageException(file + ": the file is empty");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new ImageException(file + ": not a mask in a known format, expected a PNG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return mask(reader.read(0).getRaster(), file);
      } finally {
        reader.dispose();
      }
    } catch (ImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ImageException(file + ": a damaged mask (" + e.getMessage() + ")", e);
    }
  }

  private static Mask mask(Raster pixels, Path file) {
    int w = pixels.getWidth();
    int h = pixels.getHeight();
    int bands = pixels.getNumBands();
    byte[] codes = new byte[w * h];
    int[] row = new int[w * bands];
    for (int y = 0; y < h; y++) {
      pixels.getPixels(0, y, w, 1, row);
      for (int x = 0; x < w; x++) {
        int value = row[x * bands];
        boolean grey = bands < 3 || value == row[x * bands + 1] && value == row[x * bands + 2];
        if (!grey || value > LARGEST) {
          throw new ImageException(
              "%s: a mask expects one number from 0 to 255 for each pixel, got %s at x %d, y %d"
                  .formatted(
                      file,
                      grey
                          ? String.valueOf(value)
                          : "the colour (%d, %d, %d)"
                              .formatted(value, row[x * bands + 1], row[x * bands + 2]),
                      x,
                      y));
        }
        codes[y * w + x] = (byte) value;
      }
    }
    return new Mask(w, h, codes, file);
  }
}
