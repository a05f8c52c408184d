package org.onecycle.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Prints results for a person. */
final class Table {
  private static final String LINE = "%-22s %9s %9s %9s %7s %7s %8s %9s %6s %9s %9s  %s%n";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.printf(
        LINE,
        "row",
        "ours",
        "libtorch",
        "pytorch",
        "ratio",
        "wanted",
        "GFLOP/s",
        "floor",
        "share",
        "our MB",
        "peer MB",
        "unit");
  }

  void row(RowResult r) {
    out.printf(
        LINE,
        r.row(),
        number(r.ours()),
        number(rate(r, Side.LIBTORCH)),
        number(rate(r, Side.PYTORCH)),
        number(r.decisiveRatio()),
        number(r.wanted()),
        r.floor() == null ? "-" : number(r.peakGflops()),
        number(r.floor()),
        r.shareOfFloor() == null ? "-" : Math.round(100 * r.shareOfFloor()) + " %",
        r.ourPeakMb() == null ? "-" : r.ourPeakMb(),
        r.peerPeakMb() == null ? "-" : r.peerPeakMb(),
        r.unit());
    for (SideResult s : r.sides()) {
      if (s.absent() != null) {
        out.printf("    %s: %s%n", s.side(), s.absent());
      }
    }
    if (r.ratioToFloat() != null) {
      out.printf("    ratio to our own FLOAT; to the best peer: %s%n", number(r.ratio()));
    }
    if (r.recorded() != null) {
      out.printf("    recorded in another run: %s%n", r.recorded());
    }
    out.flush();
  }

  /** Says which rows are not where they should be. */
  void summary(List<RowResult> rows) {
    line(
        "below the wanted ratio",
        rows,
        r -> r.decisiveRatio() != null && r.decisiveRatio() < r.wanted());
    line(
        "more memory than a peer",
        rows,
        r -> r.ourPeakMb() != null && r.peerPeakMb() != null && r.ourPeakMb() > r.peerPeakMb());
    line("without a ratio", rows, r -> r.decisiveRatio() == null);
  }

  private void line(String title, List<RowResult> rows, Predicate<RowResult> test) {
    List<String> names = rows.stream().filter(test).map(RowResult::row).toList();
    if (!names.isEmpty()) {
      out.printf("%s: %s%n", title, String.join(", ", names));
    }
  }

  private static Double rate(RowResult r, Side side) {
    return r.sides().stream()
        .filter(s -> s.side().equals(side.id()) && s.absent() == null)
        .map(s -> Numbers.rounded(s.median()))
        .findFirst()
        .orElse(null);
  }

  private static String number(Double d) {
    if (d == null) {
      return "-";
    }
    return d >= 1000
        ? String.format(Locale.ROOT, "%,.0f", d)
        : String.format(Locale.ROOT, d >= 100 ? "%.0f" : d >= 10 ? "%.1f" : "%.2f", d);
  }
}
