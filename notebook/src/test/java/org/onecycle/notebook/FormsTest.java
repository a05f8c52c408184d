package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Sample;
import org.onecycle.data.Splitters;
import org.onecycle.learner.Interpretation;
import org.onecycle.metric.Confusion;
import org.onecycle.show.Chart;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularLearner;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.vision.image.Image;

class FormsTest {
  private static String text(Object o) {
    return Forms.of(o).byType().get(Shown.TEXT);
  }

  private static String html(Object o) {
    return Forms.of(o).byType().get(Shown.HTML);
  }

  private static BufferedImage picture(Object o) throws Exception {
    byte[] png = Base64.getMimeDecoder().decode(Forms.of(o).byType().get(Shown.PNG));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void aTensorShowsShapeTypeAndValues() {
    assertEquals(
        "Tensor[2, 3] FLOAT\n[[1.000, 2.000, 3.000],\n [4.000, 5.000, 6.000]]",
        text(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)));
    assertEquals("Tensor[2] INT64\n[7, -1]", text(Tensor.of(new long[] {7, -1}, 2)));
    assertEquals("Tensor[] FLOAT [2.500]", text(Tensor.scalar(2.5)));
  }

  @Test
  void ofALargeTensorTheEdges() {
    long[] numbers = new long[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    assertEquals(
        "Tensor[1000] INT64\n[0, 1, 2, ..., 997, 998, 999]", text(Tensor.of(numbers, 1000)));
    String cube = text(Tensor.of(numbers, 10, 10, 10));
    assertTrue(cube.startsWith("Tensor[10, 10, 10] INT64\n[[[0, 1, 2, ..., 7, 8, 9],\n"), cube);
    assertTrue(cube.endsWith("[990, 991, 992, ..., 997, 998, 999]]]"), cube);
  }

  @Test
  void arraysShowTheirElements() {
    assertEquals("[1, 2]", text(new long[] {1, 2}));
    assertEquals("[a, b]", text(new String[] {"a", "b"}));
    assertEquals("[[1, 2], [3, 4]]", text(new long[][] {{1, 2}, {3, 4}}));
  }

  @Test
  void picturesAndMatricesAreDrawn() throws Exception {
    BufferedImage drawn = picture(Image.of(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6}));
    assertEquals(0x010203, drawn.getRGB(0, 0) & 0xffffff);
    assertEquals(0x040506, drawn.getRGB(1, 0) & 0xffffff);
    Confusion confusion = new Confusion(List.of("cat", "dog"));
    assertTrue(picture(confusion).getWidth() > 100);
    assertTrue(text(confusion).contains("cat"));
  }

  @Test
  void tablesAreHtml() {
    DataFrame df =
        DataFrame.byColumn("a<b", "n").of(Series.of("x", null), Series.of(1.0, 0.123456789));
    assertEquals(
        "<table>\n<thead>\n<tr><th></th><th>a&lt;b</th><th>n</th></tr>\n</thead>\n<tbody>\n"
            + "<tr><td>0</td><td>x</td><td>1.0</td></tr>\n"
            + "<tr><td>1</td><td></td><td>0.123457</td></tr>\n</tbody>\n</table>\n",
        html(df));
    Integer[] many = new Integer[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    String large = html(DataFrame.byColumn("n").of(Series.of(many)));
    assertTrue(large.contains("100 rows x 1 columns"), large);
    assertTrue(large.contains("<td>4</td>") && large.contains("<td>95</td>"), large);
    assertTrue(!large.contains("<td>50</td>") && large.contains("<td>...</td>"), large);
  }

  @Test
  void numbersHaveSixDigits() {
    List<String> cells =
        java.util.stream.DoubleStream.of(31.9999997, 212837.0002, 0.5, 1e-7, 2e12, -0.0, 1234567)
            .mapToObj(FrameTable::cell)
            .toList();
    assertEquals(List.of("32.0", "212837.0", "0.5", "1E-7", "2E+12", "0.0", "1234570.0"), cells);
    assertEquals("NaN", FrameTable.cell(Double.NaN));
  }

  @Test
  void samplesAreATable() {
    Sample said = Sample.of("hello", "spam");
    Sample actual = Sample.of("hello", "ham");
    String table = html(SampleTable.of(List.of(actual), List.of(said)));
    assertTrue(
        table.contains("<th>input</th><th>target</th><th>predicted</th>")
            && table.contains("<td>hello</td><td>ham</td><td>spam</td>"),
        table);
    Sample row = Sample.of(Map.of("age", 30), "rich");
    assertTrue(html(SampleTable.of(List.of(row))).contains("<th>age</th><th>target</th>"));
  }

  @Test
  void chartsAreSvgInHtmlAndOthersAreTheirText() {
    assertTrue(html(new Chart("x", "y").line("z", 1, 2)).startsWith("<svg"));
    assertEquals("seven", text("seven"));
    assertEquals("null", text(null));
  }

  @Test
  void whatHasNoFormSaysWhatItIs() {
    DataFrame df =
        DataFrame.byColumn("a", "y")
            .of(Series.of(1.0, 2.0, 3.0, 4.0), Series.of("p", "q", "p", "q"));
    TabularData data =
        TabularData.of(df)
            .contNames("a")
            .yNames("y")
            .splits(Splitters.index(2, 3).split(List.of(0, 1, 2, 3)))
            .build();
    TabularDataLoaders dls = data.dataLoaders(2);
    TabularLearner learn = TabularLearner.of(dls).layers(2).build();
    TextDataLoaders texts =
        TextDataLoaders.fromRows(
                List.of("a b", "b a", "a"), List.of("x", "y", "x"), false, false, true)
            .bs(2)
            .minFreq(1)
            .classifier();
    assertEquals(
        "TabularDataLoaders of 2 items to train on and 2 to validate, with 2 labels", text(dls));
    assertEquals("DataLoader of 2 items in 1 batches (TRAIN)", text(dls.train()));
    assertEquals(
        "Batch of 2: inputs ([2, 1] FLOAT), targets ([2] INT64)", text(dls.train().oneBatch()));
    assertEquals("TabularData of 4 rows: categories [], numbers [a], target [y]", text(data));
    assertEquals("Learner of a TabularModel with CrossEntropyLossFlat", text(learn));
    assertEquals("Interpretation of 2 items", text(Interpretation.of(learn.learner())));
    assertTrue(text(texts).startsWith("TextDataLoaders of 2 items"), text(texts));
    assertTrue(text(texts.vocab()).matches("Vocab of \\d+ tokens"), text(texts.vocab()));
  }

  @Test
  void allFormsAreRegistered() {
    FakeKernel kernel = new FakeKernel();
    Forms.register(kernel);
    assertTrue(kernel.types.containsAll(List.of(Tensor.class, DataFrame.class, long[].class)));
  }
}
