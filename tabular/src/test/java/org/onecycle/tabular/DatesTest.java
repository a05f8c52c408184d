package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.onecycle.data.Splits;

class DatesTest {
  private static final List<String> FLAGS =
      List.of(
          "Is_month_end",
          "Is_month_start",
          "Is_quarter_end",
          "Is_quarter_start",
          "Is_year_end",
          "Is_year_start");

  private static DataFrame column(String name, Object... values) {
    return DataFrame.byColumn(name).of(Series.of(values));
  }

  private static List<Object> row(DataFrame df, int r, String... columns) {
    List<Object> out = new ArrayList<>();
    for (String c : columns) {
      out.add(df.get(c, r));
    }
    return out;
  }

  @Test
  @DisplayName("TAB-12 the parts of dates, of a gap too")
  void parts() {
    DataFrame got =
        Dates.addDatepart(
            column("date", "2019-12-04", null, LocalDate.of(2019, 11, 15), "2019-10-24"), "date");
    String[] numbers = {"Year", "Month", "Week", "Day", "Dayofweek", "Dayofyear"};
    assertEquals(List.of(2019, 12, 49, 4, 2, 338), row(got, 0, numbers));
    assertEquals(List.of(2019, 11, 46, 15, 4, 319), row(got, 2, numbers));
    assertEquals(List.of(2019, 10, 43, 24, 3, 297), row(got, 3, numbers));
    assertEquals(Collections.nCopies(6, null), row(got, 1, numbers));
    assertEquals(1575417600L, got.get("Elapsed", 0));
    assertNull(got.get("Elapsed", 1));
    for (int r = 0; r < 4; r++) {
      assertEquals(Collections.nCopies(6, false), row(got, r, FLAGS.toArray(new String[0])));
    }
  }

  @Test
  void firstAndLastDays() {
    DataFrame got =
        Dates.addDatepart(
            column(
                "d", "2020-02-29", "2021-01-01", "2021-04-01", "2020-12-31", "2021-06-30 23:59:59"),
            "d",
            DatepartOptions.DEFAULT.withPrefix(""));
    String[] flags = FLAGS.toArray(new String[0]);
    assertEquals(List.of(true, false, false, false, false, false), row(got, 0, flags));
    assertEquals(List.of(false, true, false, true, false, true), row(got, 1, flags));
    assertEquals(List.of(false, true, false, true, false, false), row(got, 2, flags));
    assertEquals(List.of(true, false, true, false, true, false), row(got, 3, flags));
    assertEquals(List.of(true, false, true, false, false, false), row(got, 4, flags));
    // The first of January 2021 is in the last week of 2020, a Friday.
    assertEquals(List.of(53, 4), row(got, 1, "Week", "Dayofweek"));
  }

  @Test
  @DisplayName("TAB-13 the names of the columns; a name ending in date is their prefix")
  void names() {
    DataFrame df =
        DataFrame.byColumn("price", "saledate")
            .of(Series.of(1, 2), Series.of("2019-12-04", "2019-12-05"));
    List<String> parts = new ArrayList<>();
    parts.addAll(List.of("Year", "Month", "Week", "Day", "Dayofweek", "Dayofyear"));
    parts.addAll(FLAGS);
    parts.add("Elapsed");
    List<String> expected = new ArrayList<>(List.of("price"));
    parts.forEach(p -> expected.add("sale" + p));
    assertEquals(
        expected, Arrays.asList(Dates.addDatepart(df, "saledate").getColumnsIndex().toArray()));
    DatepartOptions all = DatepartOptions.DEFAULT.withDrop(false).withTime(true).withPrefix("x");
    DataFrame timed =
        Dates.addDatepart(column("t", LocalDateTime.of(2019, 12, 4, 13, 5, 59)), "t", all);
    assertEquals(List.of(13, 5, 59), row(timed, 0, "xHour", "xMinute", "xSecond"));
    assertEquals(LocalDateTime.of(2019, 12, 4, 13, 5, 59), timed.get("t", 0));
    assertEquals(1575417600L + 13 * 3600 + 5 * 60 + 59, timed.get("xElapsed", 0));
  }

  @Test
  @DisplayName("TAB-14 days since and until events, and their number within seven rows")
  void elapsed() {
    DataFrame df =
        DataFrame.byColumn("date", "event", "base")
            .of(
                Series.of("2019-12-04", "2019-11-29", "2019-11-15", "2019-10-24"),
                Series.of(false, true, false, true),
                Series.of(1, 1, 2, 2));
    DataFrame got = Dates.addElapsedTimes(df, List.of("event"), "date", "base");
    assertEquals(
        List.of("date", "event", "base", "Afterevent", "Beforeevent", "event_bw", "event_fw"),
        Arrays.asList(got.getColumnsIndex().toArray()));
    assertEquals(List.of(5, 0, 22, 0), got.getColumn("Afterevent").toList());
    assertEquals(List.of(0, 0, 0, 0), got.getColumn("Beforeevent").toList());
    assertEquals(List.of(1, 1, 1, 1), got.getColumn("event_bw").toList());
    assertEquals(List.of(0, 1, 0, 1), got.getColumn("event_fw").toList());
  }

  @Test
  void elapsedOverManyRows() {
    int n = 20;
    Object[] dates = new Object[n];
    Object[] events = new Object[n];
    for (int i = 0; i < n; i++) {
      dates[i] = LocalDate.of(2020, 1, 1).plusDays(2L * i);
      events[i] = i == 5 || i == 9 ? 1 : 0;
    }
    events[0] = null;
    DataFrame df =
        DataFrame.byColumn("d", "e", "b")
            .of(
                Series.of(dates),
                Series.of(events),
                Series.of(Collections.nCopies(n, "x").toArray()));
    DataFrame got = Dates.addElapsedTimes(df, List.of("e"), "d", "b");
    assertEquals(List.of(0, 0, 2), row(got, 4, "Aftere", "e_bw", "e_fw"));
    assertEquals(-2, got.get("Beforee", 4));
    assertEquals(6, got.get("Aftere", 8));
    assertEquals(-2, got.get("Beforee", 8));
    assertEquals(2, got.get("e_bw", 11));
    assertEquals(1, got.get("e_bw", 12));
    assertEquals(0, got.get("e_bw", 16));
    assertEquals(0, got.get("Beforee", 10));
  }

  @Test
  void whatIsNoDateIsNamed() {
    assertMessage(
        "column d, row 1: expected a date like 2019-12-04, got '4.12.2019'",
        () -> Dates.addDatepart(column("d", "2019-12-04", "4.12.2019"), "d"));
    assertMessage("expected a column e", () -> Dates.addDatepart(column("d", "2019-12-04"), "e"));
    DataFrame df =
        DataFrame.byColumn("d", "e", "b")
            .of(Series.of("2019-12-04", null), Series.of(true, true), Series.of(1, 1));
    assertMessage(
        "column d, row 1: a gap", () -> Dates.addElapsedTimes(df, List.of("e"), "d", "b"));
    DataFrame text =
        DataFrame.byColumn("d", "e", "b")
            .of(Series.of("2019-12-04"), Series.of("often"), Series.of(1));
    assertMessage(
        "column e, row 0: expected true or false, got 'often'",
        () -> Dates.addElapsedTimes(text, List.of("e"), "d", "b"));
  }

  @Test
  void aTableOfDatesCanBeLearned() {
    DataFrame df =
        DataFrame.byColumn("date", "y")
            .of(
                Series.of("2019-12-04", null, "2019-12-06", "2019-12-07"),
                Series.of("a", "b", "a", "b"));
    DataFrame parts = Dates.addDatepart(df, "date");
    ContCat kinds = ContCat.contCatSplit(parts, 2, "y");
    TabularData data =
        TabularData.of(parts)
            .catNames(kinds.cat().toArray(new String[0]))
            .contNames(kinds.cont().toArray(new String[0]))
            .yNames("y")
            .splits(new Splits(new int[] {0, 1, 2}, new int[] {3}))
            .build();
    assertTrue(kinds.cat().contains("Is_month_end"), kinds::toString);
    assertEquals(List.of("#na#", "false"), data.classes().get("Is_month_end"));
  }

  private static void assertMessage(String expected, Executable x) {
    String got = assertThrows(IllegalArgumentException.class, x).getMessage();
    assertTrue(got.startsWith(expected), got);
  }
}
