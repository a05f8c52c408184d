package org.onecycle.tabular;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dflib.DataFrame;
import org.dflib.Series;

/**
 * What a model can learn from dates: their parts, and the time since and until events.
 *
 * <p>Dates are {@link LocalDate}, {@link LocalDateTime} or text like {@code 2019-12-04} and {@code
 * 2019-12-04 13:05:00}; gaps are allowed where nothing else is said.
 */
public final class Dates {
  private static final Map<String, Function<LocalDateTime, Object>> NUMBERS = numbers();
  private static final Map<String, Predicate<LocalDate>> FLAGS = flags();
  private static final Map<String, Function<LocalDateTime, Object>> TIME = time();

  private Dates() {}

  private static Map<String, Function<LocalDateTime, Object>> numbers() {
    Map<String, Function<LocalDateTime, Object>> parts = new LinkedHashMap<>();
    parts.put("Year", LocalDateTime::getYear);
    parts.put("Month", LocalDateTime::getMonthValue);
    parts.put("Week", d -> d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    parts.put("Day", LocalDateTime::getDayOfMonth);
    parts.put("Dayofweek", d -> d.getDayOfWeek().getValue() - 1);
    parts.put("Dayofyear", LocalDateTime::getDayOfYear);
    return parts;
  }

  private static Map<String, Predicate<LocalDate>> flags() {
    Map<String, Predicate<LocalDate>> parts = new LinkedHashMap<>();
    Predicate<LocalDate> first = d -> d.getDayOfMonth() == 1;
    Predicate<LocalDate> last = d -> d.equals(d.with(TemporalAdjusters.lastDayOfMonth()));
    parts.put("Is_month_end", last);
    parts.put("Is_month_start", first);
    parts.put("Is_quarter_end", last.and(d -> d.getMonthValue() % 3 == 0));
    parts.put("Is_quarter_start", first.and(d -> d.getMonthValue() % 3 == 1));
    parts.put("Is_year_end", last.and(d -> d.getMonthValue() == 12));
    parts.put("Is_year_start", first.and(d -> d.getMonthValue() == 1));
    return parts;
  }

  private static Map<String, Function<LocalDateTime, Object>> time() {
    Map<String, Function<LocalDateTime, Object>> parts = new LinkedHashMap<>();
    parts.put("Hour", LocalDateTime::getHour);
    parts.put("Minute", LocalDateTime::getMinute);
    parts.put("Second", LocalDateTime::getSecond);
    return parts;
  }

  /** As {@link #addDatepart(DataFrame, String, DatepartOptions)} at fastai's defaults. */
  public static DataFrame addDatepart(DataFrame df, String column) {
    return addDatepart(df, column, DatepartOptions.DEFAULT);
  }

  /**
   * Returns the table with the parts of a column of dates as columns: Year, Month, Week (ISO), Day,
   * Dayofweek (0 is Monday), Dayofyear, whether it is the first or last day of month, quarter and
   * year, and Elapsed, the seconds since 1970 in UTC. Of a gap all numbers are gaps, all flags
   * false.
   *
   * @throws IllegalArgumentException if there is no such column, or naming the row that is no date
   */
  public static DataFrame addDatepart(DataFrame df, String column, DatepartOptions options) {
    LocalDateTime[] dates = dates(df, column);
    String prefix =
        options.prefix() == null ? column.replaceFirst("[Dd]ate$", "") : options.prefix();
    Map<String, Object[]> parts = new LinkedHashMap<>();
    NUMBERS.forEach((name, part) -> parts.put(name, each(dates, part, null)));
    FLAGS.forEach(
        (name, flag) -> parts.put(name, each(dates, d -> flag.test(d.toLocalDate()), false)));
    if (options.time()) {
      TIME.forEach((name, part) -> parts.put(name, each(dates, part, null)));
    }
    parts.put("Elapsed", each(dates, d -> d.toEpochSecond(ZoneOffset.UTC), null));
    Map<String, Object[]> named = new LinkedHashMap<>();
    parts.forEach((name, values) -> named.put(prefix + name, values));
    DataFrame rest = options.drop() ? df.colsExcept(column).select() : df;
    DataFrame added = Tables.ofColumns(named);
    return rest.width() == 0 ? added : rest.hConcat(added);
  }

  /**
   * Returns the table with four columns added for each event: {@code AfterX}, the days since the
   * last one, {@code BeforeX}, the days until the next as a number below 0 (both 0 where there is
   * none), and {@code X_bw} and {@code X_fw}, how many of the last and of the next seven rows have
   * it, this one counted. Rows of the same {@code base}, such as a shop, are looked at by
   * themselves, in the order of their dates.
   *
   * @param events columns of truth values or numbers, where all but 0 is true; a gap is false
   * @throws IllegalArgumentException if there is no such column, or naming the row that is no date
   *     or no truth value
   */
  public static DataFrame addElapsedTimes(
      DataFrame df, List<String> events, String date, String base) {
    LocalDateTime[] dates = dates(df, date);
    for (int r = 0; r < dates.length; r++) {
      if (dates[r] == null) {
        throw new IllegalArgumentException("column " + date + ", row " + r + ": a gap");
      }
    }
    return df.hConcat(
        Tables.ofColumns(new ElapsedTimes(dates, Tables.column(df, base)).of(df, events)));
  }

  private static Object[] each(
      LocalDateTime[] dates, Function<LocalDateTime, Object> part, Object gap) {
    Object[] out = new Object[dates.length];
    for (int r = 0; r < out.length; r++) {
      out[r] = dates[r] == null ? gap : part.apply(dates[r]);
    }
    return out;
  }

  private static LocalDateTime[] dates(DataFrame df, String column) {
    Series<?> values = Tables.column(df, column);
    LocalDateTime[] out = new LocalDateTime[values.size()];
    for (int r = 0; r < out.length; r++) {
      Object v = values.get(r);
      try {
        out[r] = Tables.isGap(v) ? null : date(v);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "column %s, row %d: expected a date like 2019-12-04, got '%s'".formatted(column, r, v),
            e);
      }
    }
    return out;
  }

  private static LocalDateTime date(Object v) {
    if (v instanceof LocalDateTime d) {
      return d;
    }
    if (v instanceof LocalDate d) {
      return d.atStartOfDay();
    }
    String text = v.toString().strip().replace(' ', 'T');
    return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
  }
}
