package org.onecycle.bench.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A line that a worker writes: it is ready (or can't do this work), it has done some steps, it
 * ends.
 *
 * @param ready the software that does the work; in the first message
 * @param absent why the work can't be done, instead of {@code ready}
 * @param items the items of a step
 * @param flops the operations of a step, or null
 * @param steps done since the last message
 * @param seconds they took
 * @param loss of the last step, or null
 * @param peakKb the largest resident memory of the process so far, in KiB; in the last message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
    String ready,
    String absent,
    Integer items,
    Double flops,
    Long steps,
    Double seconds,
    Double loss,
    @JsonProperty("peak_kb") Long peakKb) {

  static Message ready(String software, Work work) {
    return new Message(software, null, work.items(), orNull(work.flops()), null, null, null, null);
  }

  static Message absent(String why) {
    return new Message(null, why, null, null, null, null, null, null);
  }

  static Message done(long steps, double seconds, double loss) {
    return new Message(null, null, null, null, steps, seconds, orNull(loss), null);
  }

  static Message end(long peakKb) {
    return new Message(null, null, null, null, null, null, null, peakKb);
  }

  private static Double orNull(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
