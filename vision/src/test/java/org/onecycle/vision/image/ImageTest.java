package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.data.Split;
import org.onecycle.testing.Fixtures;

class ImageTest {
  @TempDir Path folder;

  private static final Path JPEG = Fixtures.path("images/src.jpg");
  private static final Path PNG = Fixtures.path("images/src.png");

  private static String message(Runnable task) {
    return assertThrows(ImageException.class, task::run).getMessage();
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), "no writer for " + format);
    return out.toByteArray();
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    writer.dispose();
    return out.toByteArray();
  }

  @Test
  void pngIsDecodedExactly() {
    assertEquals(FixtureImages.npy("src"), Image.open(PNG));
  }

  @Test
  void jpegIsDecodedAsPilDoes() {
    FixtureImages.assertWithin(1, FixtureImages.npy("src_jpg_decoded"), Image.open(JPEG));
  }

  static Stream<Path> whole() {
    return Stream.of(JPEG, PNG);
  }

  @ParameterizedTest
  @MethodSource("whole")
  void everyTruncationIsFound(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    for (int length = 0; length < all.length; length++) {
      byte[] cut = Arrays.copyOf(all, length);
      String why = message(() -> Image.decode(cut, "cut.jpg"));
      assertTrue(why.startsWith("cut.jpg: "), why);
      if (length >= 8) {
        assertTrue(why.contains("truncated"), length + ": " + why);
      }
    }
  }

  @Test
  void aTruncatedProgressiveJpegIsFoundAndAWholeOneIsNot() throws IOException {
    byte[] all = progressive(Image.open(PNG).toBufferedImage());
    assertEquals("Image 83x60 RGB", Image.decode(all, "p").toString());
    for (int length = all.length - 1; length > 100; length -= 97) {
      byte[] cut = Arrays.copyOf(all, length);
      assertTrue(message(() -> Image.decode(cut, "p.jpg")).contains("truncated"));
    }
  }

  @Test
  void theRestOfATruncatedFileFilledWithZerosIsFoundToo() throws IOException {
    byte[] bytes = Files.readAllBytes(JPEG);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
    Path file = Files.write(folder.resolve("half.jpg"), bytes);
    String why = message(() -> Image.open(file));
    assertTrue(why.startsWith(file + ": a truncated JPEG"), why);
  }

  @Test
  void bytesAfterTheEndDoNoHarm() throws IOException {
    for (Path file : whole().toList()) {
      byte[] bytes = Files.readAllBytes(file);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1000);
      assertEquals(Image.open(file), Image.decode(longer, "longer"));
    }
  }

  @Test
  void aDamagedChunkOfAPngIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(PNG);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 20; i++) {
      bytes[i] ^= 0x55;
    }
    assertEquals("bad.png: a damaged PNG", message(() -> Image.decode(bytes, "bad.png")));
  }

  @Test
  void aTextFileIsNamedWithItsBeginning() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.jpg"), "Dear diary, today");
    assertEquals(
        file + ": not a picture in a known format (it begins with \"Dear diary, \")",
        message(() -> Image.open(file)));
  }

  @Test
  void emptyMissingAndFolderAreNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertEquals(empty + ": the file is empty", message(() -> Image.open(empty)));
    Path missing = folder.resolve("missing.png");
    assertEquals(missing + ": no such file", message(() -> Image.open(missing)));
    assertEquals(folder + ": expected a picture, got a folder", message(() -> Image.open(folder)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
  void otherFormatsAreDecodedWholeAndNeverHalf(String format) throws IOException {
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.ORANGE);
    g.fillRect(5, 5, 20, 20);
    g.setColor(Color.BLUE);
    g.fillOval(10, 10, 25, 18);
    g.dispose();
    byte[] bytes = encoded(picture, format);
    assertEquals(Image.of(picture), Image.decode(bytes, format));
    for (int length : new int[] {bytes.length - 10, bytes.length / 2}) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(ImageException.class, () -> Image.decode(cut, format), format + length);
    }
  }

  @Test
  void webpIsDecodedAndItsTruncationFound() {
    byte[] webp;
    byte[] grey = new byte[16 * 16];
    Arrays.fill(grey, (byte) 99);
    try (BytePointer bytes = new BytePointer(grey);
        Mat mat = new Mat(16, 16, opencv_core.CV_8UC1, bytes);
        BytePointer suffix = new BytePointer(".webp");
        BytePointer out = new BytePointer()) {
      assertTrue(opencv_imgcodecs.imencode(suffix, mat, out));
      webp = new byte[(int) out.limit()];
      out.get(webp);
    }
    assertEquals(99, Image.decode(webp, "w").get(8, 8, 1), 2);
    byte[] cut = Arrays.copyOf(webp, webp.length - 2);
    assertTrue(message(() -> Image.decode(cut, "w.webp")).contains("truncated WebP"));
  }

  @Test
  void greyPaletteAlphaAndSixteenBitsBecomeRgb() throws IOException {
    BufferedImage grey = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(3, 2, 0, 200);
    Image fromGrey = Image.decode(encoded(grey, "png"), "grey");
    assertEquals("Image 9x7 RGB", fromGrey.toString());
    assertEquals(200, fromGrey.get(3, 2, 0));
    assertEquals(Image.of(grey), fromGrey.toGrey());

    byte[] level = {0, 100, (byte) 255, 7};
    byte[] other = {3, 2, 1, 0};
    IndexColorModel colours = new IndexColorModel(2, 4, level, other, other);
    BufferedImage palette = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_BINARY, colours);
    palette.getRaster().setSample(8, 6, 0, 2);
    Image fromPalette = Image.decode(encoded(palette, "png"), "palette");
    assertEquals(Image.of(palette), fromPalette);
    assertEquals(255, fromPalette.get(8, 6, 0));

    BufferedImage alpha = new BufferedImage(9, 7, BufferedImage.TYPE_INT_ARGB);
    alpha.setRGB(4, 4, 0x800a141e);
    Image fromAlpha = Image.decode(encoded(alpha, "png"), "alpha");
    assertEquals(Image.of(alpha), fromAlpha);
    assertEquals(20, fromAlpha.get(4, 4, 1));

    BufferedImage deep = new BufferedImage(9, 7, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 1, 0, 0xc8ff);
    assertEquals(0xc8, Image.decode(encoded(deep, "png"), "deep").get(1, 1, 2));
  }

  @Test
  void cmykWithInvertedInksAsPhotoshopWritesThemBecomesRgb() throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        inks.setPixel(x, y, new int[] {x < 8 ? 0 : 255, 255, 255, 255});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(inks, null, null), null);
    }
    writer.dispose();
    Image image = Image.decode(out.toByteArray(), "cmyk");
    assertEquals("Image 16x16 RGB", image.toString());
    int[] cyan = {image.get(2, 2, 0), image.get(2, 2, 1), image.get(2, 2, 2)};
    assertTrue(cyan[0] < 8 && cyan[1] > 247 && cyan[2] > 247, Arrays.toString(cyan));
    assertTrue(image.get(13, 13, 0) > 247 && image.get(13, 13, 1) > 247);
  }

  @Test
  void exifOrientationIsIgnored() throws IOException {
    byte[] plain = Files.readAllBytes(JPEG);
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(plain, 0, 2);
    turned.write(exif);
    turned.write(plain, 2, plain.length - 2);
    assertEquals(Image.open(JPEG), Image.decode(turned.toByteArray(), "turned"));
  }

  @Test
  void aJpegIsDecodedSmallerButNeverBelowTheWantedSize() throws IOException {
    Image large =
        new Resize(375, 500, ResizeMethod.SQUISH, PadMode.ZEROS)
            .encode(Image.open(PNG), Split.VALID, null);
    Path jpeg = folder.resolve("large.jpg");
    Path png = folder.resolve("large.png");
    large.save(jpeg);
    large.save(png);
    assertEquals("Image 500x375 RGB", Image.open(jpeg).toString());
    assertEquals("Image 500x375 RGB", Image.open(jpeg, 188).toString());
    assertEquals("Image 250x188 RGB", Image.open(jpeg, 187).toString());
    assertEquals("Image 125x94 RGB", Image.open(jpeg, 64).toString());
    assertEquals("Image 63x47 RGB", Image.open(jpeg, 1).toString());
    assertEquals(large, Image.open(png, 1));
    Resize resize = new Resize(64);
    Image full = resize.encode(Image.open(jpeg), Split.VALID, null);
    Image fast = resize.encode(Image.open(jpeg, 64), Split.VALID, null);
    double sum = 0;
    for (int k = 0; k < full.raw().length; k++) {
      sum += Math.abs((full.raw()[k] & 0xff) - (fast.raw()[k] & 0xff));
    }
    assertTrue(sum / full.raw().length < 3, "mean difference " + sum / full.raw().length);
  }

  @Test
  void anyFileNameWorks() throws IOException {
    Path odd = folder.resolve("Katze \u00e4\u00f6\u732b %d.jpg");
    Files.copy(JPEG, odd);
    assertEquals(Image.open(JPEG), Image.open(odd));
    Path saved = folder.resolve("\u732b.png");
    Image.open(odd).save(saved);
    assertEquals(Image.open(odd), Image.open(saved));
  }

  @Test
  void savingLeavesNothingBesideAndRefusesOtherFormats() throws IOException {
    Image image = Image.open(PNG);
    image.save(folder.resolve("a.png"));
    image.save(folder.resolve("a.png"));
    image.toGrey().save(folder.resolve("b.PNG"));
    assertEquals(image.toGrey(), Image.openGrey(folder.resolve("b.PNG")));
    assertThrows(IllegalArgumentException.class, () -> image.save(folder.resolve("a.docx")));
    Path below = folder.resolve("a.png/b.png");
    var e = assertThrows(UncheckedIOException.class, () -> image.save(below));
    assertTrue(e.getMessage().startsWith("cannot write " + below), e.getMessage());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void theJdksPicturesGoBothWays() {
    Image image = Image.open(PNG);
    assertEquals(image, Image.of(image.toBufferedImage()));
    assertEquals(image.toGrey(), Image.of(image.toGrey().toBufferedImage()));
    assertEquals(image.get(5, 6, 0), image.toBufferedImage().getRGB(5, 6) >> 16 & 0xff);
  }

  @Test
  void aPictureCannotBeChangedFromOutside() {
    byte[] pixels = new byte[12];
    Image image = Image.of(2, 2, 3, pixels);
    pixels[0] = 9;
    image.pixels()[1] = 9;
    assertArrayEquals(new byte[12], image.pixels());
    assertThrows(IllegalArgumentException.class, () -> Image.of(2, 2, 3, new byte[11]));
    assertThrows(IndexOutOfBoundsException.class, () -> image.get(2, 0, 0));
  }

  @Test
  void decodingKeepsNoNativeMemory() throws IOException {
    byte[] bytes = Files.readAllBytes(JPEG);
    byte[] bad = "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Image.decode(bytes, "warm");
    long before = Pointer.totalBytes();
    long objects = Pointer.totalCount();
    for (int i = 0; i < 200; i++) {
      Image.decode(bytes, "x").save(folder.resolve("x.png"));
      assertThrows(ImageException.class, () -> Image.decode(bad, "bad"));
    }
    // Meanwhile the collector may free what other tests have left.
    assertTrue(Pointer.totalBytes() <= before, "holds more native memory");
    assertTrue(Pointer.totalCount() <= objects, "holds more native objects");
    assertFalse(Files.exists(folder.resolve("bad")));
  }
}
