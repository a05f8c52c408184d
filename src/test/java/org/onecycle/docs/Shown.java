package org.onecycle.docs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.onecycle.tensor.Tensor;

/** Whether what a page says of a value is so. */
public final class Shown {
  private Shown() {}

  /**
   * Compares a value with its text: numbers as precisely as the text gives them, arrays and tensors
   * number by number.
   */
  public static void check(Object value, String expected) {
    if (!same(value, expected)) {
      throw new AssertionError("the page says " + expected + ", it is " + text(value));
    }
  }

  private static boolean same(Object value, String expected) {
    Object v = value instanceof Tensor t ? t.toDoubles() : value;
    if (v instanceof double[] numbers) {
      String[] parts = expected.replaceAll("[\\[\\]]", "").split(", ");
      return parts.length == numbers.length
          && java.util.stream.IntStream.range(0, parts.length)
              .allMatch(i -> same(numbers[i], parts[i]));
    }
    if (v instanceof Double || v instanceof Float) {
      BigDecimal said = new BigDecimal(expected);
      double d = ((Number) v).doubleValue();
      return Double.isFinite(d)
          && new BigDecimal(d).setScale(said.scale(), RoundingMode.HALF_UP).compareTo(said) == 0;
    }
    return text(v).equals(expected);
  }

  private static String text(Object v) {
    if (v instanceof Tensor t) {
      return Arrays.toString(t.toDoubles());
    }
    if (v instanceof long[] a) {
      return Arrays.toString(a);
    }
    if (v instanceof int[] a) {
      return Arrays.toString(a);
    }
    return v instanceof double[] a ? Arrays.toString(a) : String.valueOf(v);
  }
}
