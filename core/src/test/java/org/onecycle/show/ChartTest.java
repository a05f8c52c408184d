package org.onecycle.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static double[][] points(Document svg, int path) {
    Element e = (Element) svg.getElementsByTagName("path").item(path);
    return Arrays.stream(e.getAttribute("d").substring(1).split("[ML]"))
        .map(p -> Arrays.stream(p.split(" ")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  @Test
  void aLineRisesWithItsNumbers() throws Exception {
    Document svg = parse(new Chart("batch", "loss").line("train", 1, 3, 2).toSvg());
    double[][] p = points(svg, 0);
    assertEquals(3, p.length);
    assertEquals(p[1][0] - p[0][0], p[2][0] - p[1][0], 0.2);
    assertEquals(2 * (p[2][1] - p[1][1]), p[0][1] - p[1][1], 0.2);
    assertTrue(p[1][1] < p[0][1], "the larger number stands higher");
  }

  @Test
  void aLogarithmicAxisHasEqualStepsForEqualFactors() throws Exception {
    double[] xs = {1e-4, 1e-3, 1e-2};
    Chart chart = new Chart("lr", "loss").logX().line("loss", xs, new double[] {1, 2, 3});
    double[][] p = points(parse(chart.toSvg()), 0);
    assertEquals(p[1][0] - p[0][0], p[2][0] - p[1][0], 0.2);
    assertTrue(texts(parse(chart.toSvg())).contains("0.001"));
  }

  private static List<String> texts(Document svg) {
    NodeList all = svg.getElementsByTagName("text");
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> all.item(i).getTextContent())
        .toList();
  }

  @Test
  void whatIsNotFiniteLeavesAGap() throws Exception {
    Chart chart = new Chart("batch", "loss").line("train", 1, 2, Double.NaN, 2, 1);
    String path =
        ((Element) parse(chart.toSvg()).getElementsByTagName("path").item(0)).getAttribute("d");
    assertEquals(2, path.chars().filter(c -> c == 'M').count(), path);
    assertFalse(path.contains("NaN"), path);
  }

  @Test
  void anEmptyChartAndALevelLineCanBeDrawn() throws Exception {
    parse(new Chart("x", "y").toSvg());
    parse(new Chart("x", "y").line("nothing").line("level", 2, 2, 2).toSvg());
    parse(new Chart("x", "y").line("lost", Double.NaN).toSvg());
  }

  @Test
  void namesAreEscapedAndMarksShown() throws Exception {
    Chart chart = new Chart("a<b", "y").line("x&y", 1, 2).line("z", 2, 1).mark("here \"1\"", 1, 2);
    List<String> texts = texts(parse(chart.toSvg()));
    assertTrue(texts.containsAll(List.of("a<b", "x&y", "z", "here \"1\"")), texts.toString());
  }

  @Test
  void aLongLineKeepsItsEnd() throws Exception {
    double[] ys = new double[10_000];
    ys[ys.length - 1] = 5;
    double[][] p = points(parse(new Chart("x", "y").line("long", ys).toSvg()), 0);
    assertTrue(p.length <= 702, "points: " + p.length);
    assertTrue(p[p.length - 1][1] < p[0][1], "the last point is drawn");
  }

  @Test
  void asManyXsAsYs() {
    Chart chart = new Chart("x", "y");
    assertThrows(
        IllegalArgumentException.class,
        () -> chart.line("odd", new double[] {1}, new double[] {1, 2}));
  }

  @Test
  void ticksAreRound() {
    assertEquals(
        List.of("0", "2", "4", "6", "8", "10"),
        new Axis(0, 10, 0, 100, false).ticks().stream().map(Axis::text).toList());
    assertEquals(
        List.of("1e-05", "1e-04", "0.001", "0.01"),
        new Axis(1e-5, 1e-2, 0, 100, true).ticks().stream().map(Axis::text).toList());
    assertEquals(2, new Axis(0.0011, 0.009, 0, 100, true).ticks().size());
  }
}
