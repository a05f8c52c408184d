package org.onecycle.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a side reached in a row, or why there is nothing.
 *
 * @param side whose it is
 * @param software what did the work
 * @param perSecond the items a second in each round
 * @param loss of the last step, where there is one
 * @param peakMb the largest resident memory of its process in MB, where the system tells
 * @param absent why there are no figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SideResult(
    String side, String software, List<Double> perSecond, Double loss, Long peakMb, String absent) {

  static SideResult absent(Side side, String why) {
    return new SideResult(side.id(), null, List.of(), null, null, why);
  }

  /** Returns the middle of the rounds, or NaN without figures. */
  double median() {
    return Numbers.median(perSecond);
  }
}
