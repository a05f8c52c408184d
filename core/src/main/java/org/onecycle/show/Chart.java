package org.onecycle.show;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines over a common axis, drawn as an SVG picture.
 *
 * <pre>{@code
 * Chart chart = new Chart("batch", "loss").line("train", losses).line("valid", ends, validLosses);
 * String svg = chart.toSvg();
 * }</pre>
 *
 * <p>Points that are not finite leave a gap.
 */
public final class Chart {
  private final String xLabel;
  private final String yLabel;
  private final List<Line> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private boolean logX;

  record Line(String name, double[] xs, double[] ys) {}

  record Mark(String name, double x, double y) {}

  /** An empty chart with the names of its axes. */
  public Chart(String xLabel, String yLabel) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** Lets the horizontal axis grow by factors; points at 0 and below are left out. */
  public Chart logX() {
    logX = true;
    return this;
  }

  /** Adds a line through the points {@code (0, ys[0]), (1, ys[1]) ..}. */
  public Chart line(String name, double... ys) {
    double[] xs = new double[ys.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = i;
    }
    return line(name, xs, ys);
  }

  /**
   * Adds a line; one of a single point is a dot.
   *
   * @throws IllegalArgumentException if there are not as many xs as ys
   */
  public Chart line(String name, double[] xs, double[] ys) {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          "A line expects as many xs as ys, got %d and %d".formatted(xs.length, ys.length));
    }
    lines.add(new Line(name, xs.clone(), ys.clone()));
    return this;
  }

  /** Adds a dot with a name. */
  public Chart mark(String name, double x, double y) {
    marks.add(new Mark(name, x, y));
    return this;
  }

  String xLabel() {
    return xLabel;
  }

  String yLabel() {
    return yLabel;
  }

  List<Line> lines() {
    return lines;
  }

  List<Mark> marks() {
    return marks;
  }

  /** Returns whether a point can be drawn. */
  boolean shows(double x, double y) {
    return Double.isFinite(x) && Double.isFinite(y) && (!logX || x > 0);
  }

  boolean isLogX() {
    return logX;
  }

  /** Returns the picture: an {@code <svg>} element of 560 x 320 pixels. */
  public String toSvg() {
    return new ChartSvg(this).draw();
  }

  @Override
  public String toString() {
    return "Chart of %s over %s: %s"
        .formatted(yLabel, xLabel, String.join(", ", lines.stream().map(Line::name).toList()));
  }
}
