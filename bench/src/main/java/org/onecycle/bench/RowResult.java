package org.onecycle.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A row's figures; rates are items a second, medians over the rounds.
 *
 * @param row its name
 * @param about what the work is
 * @param unit of the rates
 * @param ours Onecycle's rate, or null where it is not there
 * @param bestPeer the name of the fastest peer, or null
 * @param peer the rate of that peer
 * @param ratio ours over the best peer's
 * @param ratioToFloat ours over our own in FLOAT, in the row about another precision
 * @param wanted the ratio to reach; to our own FLOAT in that row
 * @param gflop the operations of an item in 10^9, where they bound the speed
 * @param peakGflops what the machine reached in a matrix product meanwhile, 10^9 a second
 * @param floor the rate at which all operations would run at that speed
 * @param shareOfFloor ours over it
 * @param ourPeakMb largest resident memory of our process
 * @param peerPeakMb the smallest of the peers'
 * @param recorded figures of fastai from another run, for orientation; never part of the ratio
 * @param sides everything that was measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"row", "about", "unit"})
record RowResult(
    String row,
    String about,
    String unit,
    Double ours,
    String bestPeer,
    Double peer,
    Double ratio,
    Double ratioToFloat,
    double wanted,
    Double gflop,
    Double peakGflops,
    Double floor,
    Double shareOfFloor,
    Long ourPeakMb,
    Long peerPeakMb,
    String recorded,
    List<SideResult> sides) {

  /**
   * Draws the figures together.
   *
   * @param flops of an item, or NaN
   * @param gflops of the matrix products between the rounds
   */
  static RowResult of(Row row, List<SideResult> sides, double flops, List<Double> gflops) {
    double ours = rate(sides, Side.ONECYCLE);
    Optional<SideResult> best =
        sides.stream()
            .filter(s -> s.absent() == null && isPeer(s))
            .max(Comparator.comparingDouble(SideResult::median));
    double peer = best.map(SideResult::median).orElse(Double.NaN);
    double peak = Numbers.median(gflops);
    double floor = peak * 1e9 / flops;
    return new RowResult(
        row.id(),
        row.about(),
        row.unit().perSecond(),
        Numbers.rounded(ours),
        best.map(SideResult::side).orElse(null),
        Numbers.rounded(peer),
        Numbers.rounded(ours / peer),
        Numbers.rounded(ours / rate(sides, Side.ONECYCLE_FLOAT)),
        row.wanted(),
        Numbers.rounded(flops / 1e9),
        Numbers.rounded(peak),
        Numbers.rounded(floor),
        Numbers.rounded(ours / floor),
        memory(sides, Side.ONECYCLE),
        sides.stream()
            .filter(s -> s.peakMb() != null && isPeer(s))
            .map(SideResult::peakMb)
            .min(Comparator.naturalOrder())
            .orElse(null),
        Recorded.of(row),
        sides);
  }

  /** Returns the ratio that {@link #wanted} is about, or null. */
  @JsonIgnore
  Double decisiveRatio() {
    return Row.of(row) == Row.RESNET34_TRAIN_BF16 ? ratioToFloat : ratio;
  }

  private static boolean isPeer(SideResult s) {
    return Side.LIBTORCH.id().equals(s.side()) || Side.PYTORCH.id().equals(s.side());
  }

  private static Optional<SideResult> find(List<SideResult> sides, Side side) {
    return sides.stream().filter(s -> s.side().equals(side.id())).findFirst();
  }

  private static double rate(List<SideResult> sides, Side side) {
    return find(sides, side).map(SideResult::median).orElse(Double.NaN);
  }

  private static Long memory(List<SideResult> sides, Side side) {
    return find(sides, side).map(SideResult::peakMb).orElse(null);
  }
}
