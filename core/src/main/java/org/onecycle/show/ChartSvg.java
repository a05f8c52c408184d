package org.onecycle.show;

import java.util.Locale;

/** Draws a chart. */
final class ChartSvg {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 16;
  private static final int BOTTOM = 46;
  private static final int MOST_POINTS = 700;
  private static final String[] COLOURS = {"#1f6fb4", "#d9730d", "#2a8f4e", "#a83279", "#6b5b95"};

  private final Chart chart;
  private final StringBuilder s = new StringBuilder();
  private double lowX = Double.POSITIVE_INFINITY;
  private double highX = Double.NEGATIVE_INFINITY;
  private double lowY = Double.POSITIVE_INFINITY;
  private double highY = Double.NEGATIVE_INFINITY;
  private Axis xAxis;
  private Axis yAxis;

  ChartSvg(Chart chart) {
    this.chart = chart;
  }

  String draw() {
    for (Chart.Line l : chart.lines()) {
      for (int i = 0; i < l.xs().length; i++) {
        see(l.xs()[i], l.ys()[i]);
      }
    }
    chart.marks().forEach(m -> see(m.x(), m.y()));
    if (lowX > highX) {
      see(1, 0);
      see(10, 1);
    }
    xAxis = new Axis(lowX, highX, LEFT, WIDTH - RIGHT, chart.isLogX());
    yAxis = new Axis(lowY, highY, HEIGHT - BOTTOM, TOP, false);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    axes();
    for (int i = 0; i < chart.lines().size(); i++) {
      line(chart.lines().get(i), COLOURS[i % COLOURS.length]);
    }
    chart.marks().forEach(this::mark);
    if (chart.lines().size() > 1) {
      legend();
    }
    return s.append("</svg>").toString();
  }

  private void see(double x, double y) {
    if (chart.shows(x, y)) {
      lowX = Math.min(lowX, x);
      highX = Math.max(highX, x);
      lowY = Math.min(lowY, y);
      highY = Math.max(highY, y);
    }
  }

  private void axes() {
    for (double tick : xAxis.ticks()) {
      double x = xAxis.pixel(tick);
      rule(x, TOP, x, HEIGHT - BOTTOM, "#e6e6e6");
      text(x, HEIGHT - BOTTOM + 16, "middle", Axis.text(tick));
    }
    for (double tick : yAxis.ticks()) {
      double y = yAxis.pixel(tick);
      rule(LEFT, y, WIDTH - RIGHT, y, "#e6e6e6");
      text(LEFT - 8, y + 4, "end", Axis.text(tick));
    }
    rule(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#808080");
    rule(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#808080");
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", chart.xLabel());
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    add(
        "<text x=\"14\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#202020\""
            + " transform=\"rotate(-90 14 %.1f)\">%s</text>",
        middle, middle, Html.escape(chart.yLabel()));
  }

  private void line(Chart.Line l, String colour) {
    int n = l.xs().length;
    int step = Math.max(1, (n + MOST_POINTS - 1) / MOST_POINTS);
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int drawn = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < n; i = i < n - 1 ? Math.min(i + step, n - 1) : n) {
      boolean shown = chart.shows(l.xs()[i], l.ys()[i]);
      if (shown) {
        x = xAxis.pixel(l.xs()[i]);
        y = yAxis.pixel(l.ys()[i]);
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x, y));
        drawn++;
      }
      pen = shown;
    }
    if (drawn == 1) {
      dot(x, y, colour);
    } else if (drawn > 1) {
      add(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\""
              + " stroke-linejoin=\"round\"/>",
          path, colour);
    }
  }

  private void mark(Chart.Mark m) {
    if (!chart.shows(m.x(), m.y())) {
      return;
    }
    double x = xAxis.pixel(m.x());
    double y = yAxis.pixel(m.y());
    dot(x, y, "#b3261e");
    boolean end = x > (LEFT + WIDTH - RIGHT) / 2.0;
    text(end ? x - 8 : x + 8, Math.max(TOP + 12, y - 8), end ? "end" : "start", m.name());
  }

  private void dot(double x, double y, String colour) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x, y, colour);
  }

  private void legend() {
    for (int i = 0; i < chart.lines().size(); i++) {
      double y = TOP + 14 + 18 * i;
      add(
          "<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"%s\"/>",
          WIDTH - RIGHT - 24, y - 6, COLOURS[i % COLOURS.length]);
      text(WIDTH - RIGHT - 30, y, "end", chart.lines().get(i).name());
    }
  }

  private void rule(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x1, y1, x2, y2, colour);
  }

  private void text(double x, double y, String anchor, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#202020\">%s</text>",
        x, y, anchor, Html.escape(text));
  }

  private void add(String format, Object... values) {
    s.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
