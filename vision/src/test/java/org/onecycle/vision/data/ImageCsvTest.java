package org.onecycle.vision.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.RegressionBlock;
import org.onecycle.loss.BCEWithLogitsLossFlat;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.vision.image.Image;

class ImageCsvTest {
  @TempDir private Path folder;

  @BeforeEach
  void pictures() {
    for (int i = 0; i < 5; i++) {
      byte[] pixels = new byte[4 * 4 * 3];
      Arrays.fill(pixels, (byte) (50 * i));
      Image.of(4, 4, 3, pixels).save(folder.resolve("p" + i + ".png"));
    }
  }

  private ImageCsv csv(String... lines) throws IOException {
    return ImageDataLoaders.fromCsv(Files.write(folder.resolve("l.csv"), List.of(lines)));
  }

  private static DataLoaders load(ImageCsv csv) {
    return csv.load(o -> o.bs(2).workers(0));
  }

  @Test
  void namesLabelsAndAColumnThatSplits() throws IOException {
    DataLoaders dls =
        load(
            csv(
                    "id,is_valid,kind",
                    "p0,False,dark",
                    "p1,False,dark",
                    "p2,True,bright",
                    "p3,False,bright",
                    "p4,True,dark")
                .fnCol("id")
                .suff(".png")
                .labelCol("kind")
                .validCol("is_valid"));
    assertEquals(List.of("bright", "dark"), dls.vocab());
    assertEquals(3, dls.train().itemCount());
    Batch valid = dls.valid().oneBatch();
    assertArrayEquals(new long[] {0, 1}, valid.target(0).toLongs());
    assertEquals(100 / 255.0, valid.input(0).slice(0, 0, 1).mean().item(), 1e-6);
    Batch test = dls.testDl(List.of(folder.resolve("p3.png"))).oneBatch();
    assertEquals(150 / 255.0, test.input(0).mean().item(), 1e-6);
  }

  @Test
  void theFirstTwoColumnsUnlessToldOtherwise() throws IOException {
    ImageCsv csv = csv("f;l", "p0.png;a", "p1.png;b", "p2.png;a", "p3.png;b", "p4.png;a");
    DataLoaders dls = load(csv.delimiter(';').validPct(.2, 3));
    assertEquals(List.of("a", "b"), dls.vocab());
    assertEquals(1, dls.valid().itemCount());
  }

  @Test
  void severalLabelsAndNumbers() throws IOException {
    DataLoaders several =
        load(
            csv("f,l,v", "p0.png,a c,0", "p1.png,,0", "p2.png,c b,1")
                .labelDelim(" ")
                .validCol("v")
                .validPct(.5, 1));
    assertInstanceOf(BCEWithLogitsLossFlat.class, several.loss().orElseThrow());
    assertEquals(List.of("a", "c"), several.vocab());
    DataLoaders numbers =
        load(
            csv("f,l,v", "p0.png,1.5,0", "p1.png,-2,0", "p2.png,7,1")
                .yBlock(RegressionBlock.of())
                .validCol("v"));
    assertInstanceOf(MSELossFlat.class, numbers.loss().orElseThrow());
    assertArrayEquals(new float[] {7}, numbers.valid().oneBatch().target(0).toFloats());
  }

  private String refused(UnaryOperator<ImageCsv> options, String... lines) {
    return assertThrows(IllegalArgumentException.class, () -> load(options.apply(csv(lines))))
        .getMessage();
  }

  @Test
  void whatIsMissingIsNamedWithLineAndColumn() {
    String where = folder.resolve("l.csv").toString();
    assertEquals(
        where
            + ", line 3, column f: there is no picture "
            + folder.toAbsolutePath().resolve("lost.png"),
        refused(c -> c, "f,l", "p0.png,a", "lost.png,b"));
    assertEquals(
        where + ", line 2, column l: expected a label, got none",
        refused(c -> c, "f,l", "p0.png,"));
    assertEquals(
        where + ", line 2, column f: expected the name of a file, got none",
        refused(c -> c, "f,l", ",a"));
    assertEquals(
        where + ": expected a column label with labels, there are [f, l]",
        refused(c -> c.labelCol("label"), "f,l", "p0.png,a"));
    assertEquals(
        where + ": expected a column with labels, there are [f]", refused(c -> c, "f", "p0.png"));
    assertTrue(
        refused(c -> c.validCol("v"), "f,l", "p0.png,a").contains("line 2: expected a column v"));
    assertTrue(refused(c -> c, "f,l").contains("expected pictures, got column names alone"));
  }

  @Test
  void digitsByTheirTable() {
    String shared = System.getProperty("onecycle.shared", "");
    Path labels = Path.of(shared, "data", "mnist_tiny", "labels.csv");
    Assumptions.assumeTrue(!shared.isEmpty() && Files.isRegularFile(labels), "no mnist_tiny here");
    DataLoaders dls = load(ImageDataLoaders.fromCsv(labels));
    assertEquals(List.of("3", "7"), dls.vocab());
    assertArrayEquals(new long[] {2, 3, 28, 28}, dls.valid().oneBatch().input(0).shape());
    assertEquals(dls.train().itemCount() / 4, dls.valid().itemCount(), 1);
  }
}
