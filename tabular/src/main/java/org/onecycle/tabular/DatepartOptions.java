package org.onecycle.tabular;

/**
 * What becomes of a column of dates.
 *
 * @param prefix what the new columns' names begin with; null for the column's name without a "date"
 *     or "Date" at its end
 * @param drop whether the column itself goes
 * @param time whether hour, minute and second are wanted too
 */
public record DatepartOptions(String prefix, boolean drop, boolean time) {
  /** fastai's: the column's own prefix, the column dropped, no time. */
  public static final DatepartOptions DEFAULT = new DatepartOptions(null, true, false);

  /** These options with a prefix. */
  public DatepartOptions withPrefix(String value) {
    return new DatepartOptions(value, drop, time);
  }

  /** These options with the column dropped or kept. */
  public DatepartOptions withDrop(boolean value) {
    return new DatepartOptions(prefix, value, time);
  }

  /** These options with hour, minute and second, or without. */
  public DatepartOptions withTime(boolean value) {
    return new DatepartOptions(prefix, drop, value);
  }
}
