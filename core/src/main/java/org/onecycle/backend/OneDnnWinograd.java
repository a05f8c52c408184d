package org.onecycle.backend;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.backend.RowTiles.RowMap;

/**
 * Convolutions of stride 1 whose kernels have three rows, by Winograd's algorithm over the rows:
 * tiles of six rows become six planes, each is convolved with kernels of one row, and four rows of
 * results come of them. That is half the multiplications. Everything is one of oneDNN's own
 * operations, on arrays whose channels stand last.
 *
 * <p>Tiles are cut in one direction only: in both they would save another half of the
 * multiplications, but rounding grows with each direction, and the planes with them.
 */
final class OneDnnWinograd {
  private static final int TILE = WinogradMatrices.TILE;

  /** Tiles of a step at most: a map of more would mostly multiply by zero. */
  private static final int STEP = 4;

  /**
   * Tiles of a step at least: oneDNN's products over the single row that one may have are wrong.
   */
  private static final int FEWEST = 2;

  /** Bytes of a step's planes of results, which should stay in the cache. */
  private static final long STEP_BYTES = 2 << 20;

  /** Tiles of a step of the gradient by the kernel, each of which adds up all of the kernel. */
  private static final int SUM_STEP = 8;

  /** Bytes of such a step's planes, of the input and of the result's gradient, at most. */
  private static final long SUM_BYTES = 13 << 20;

  /** What is done for some tiles: a map to planes, a convolution of each, a map back. */
  private record Step(RowMap before, OneDnnCall each, long in, long out, RowMap after) {}

  /** A convolution step by step, so that the planes of a step are still in the cache. */
  private record Plan(WinogradKernels kernels, List<Step> steps, long in, long out) {
    void run(Array from, Array planes, Array... to) {
      try (Scope scope = Scope.open()) {
        Array[] after = new Array[to.length + 1];
        System.arraycopy(to, 0, after, 1, to.length);
        Array a = Array.empty(DType.FLOAT, TILE * in);
        after[0] = Array.empty(DType.FLOAT, TILE * out);
        for (Step s : steps) {
          s.before.run(from, a);
          for (int i = 0; i < TILE; i++) {
            long[] offsets = {i * s.in, i * kernels.plane().bytes, i * s.out};
            s.each.runFrom(offsets, a, planes, after[0]);
          }
          s.after.run(after);
        }
      }
    }
  }

  /** Makes the convolution of the planes of some tiles. */
  private interface Planes {
    OneDnnCall of(int tiles);
  }

  private OneDnnWinograd() {}

  /** The tiles of a step: of all, those from the first on and before the last. */
  private record Range(int first, int last) {
    int tiles() {
      return last - first;
    }

    /** Cuts pictures' rows into steps of about the same number of tiles. */
    static List<Range> of(RowTiles result) {
      long fits = STEP_BYTES / (TILE * result.plane(1) * Float.BYTES);
      return of(result, (int) Math.max(FEWEST, Math.min(STEP, fits)));
    }

    /** As {@link #of(RowTiles)}, for the gradient by the kernel. */
    static List<Range> ofSum(RowTiles input, RowTiles result) {
      long fits = SUM_BYTES / (TILE * (input.plane(1) + result.plane(1)) * Float.BYTES);
      return of(result, (int) Math.max(FEWEST, Math.min(SUM_STEP, fits)));
    }

    private static List<Range> of(RowTiles result, int step) {
      int all = (result.rows() + WinogradMatrices.RESULTS - 1) / WinogradMatrices.RESULTS;
      int count = (all + step - 1) / step;
      List<Range> ranges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ranges.add(new Range(i * all / count, (i + 1) * all / count));
      }
      return ranges;
    }

    static int most(List<Range> ranges) {
      return ranges.stream().mapToInt(Range::tiles).max().orElseThrow();
    }
  }

  private static Plan plan(
      WinogradKernels kernels,
      Planes each,
      RowTiles in,
      RowTiles out,
      boolean bias,
      boolean addend,
      boolean relu) {
    List<Range> ranges = Range.of(out);
    List<Step> steps = new ArrayList<>();
    for (Range r : ranges) {
      steps.add(
          new Step(
              in.toPlanes(WinogradMatrices.FROM_INPUT, r.first, r.last),
              each.of(r.tiles()),
              in.plane(r.tiles()) * Float.BYTES,
              out.plane(r.tiles()) * Float.BYTES,
              out.toPictures(WinogradMatrices.TO_RESULT, r.first, r.last, bias, addend, relu)));
    }
    int most = Range.most(ranges);
    return new Plan(kernels, steps, in.plane(most), out.plane(most));
  }

  private static Plan forward(WinogradSizes s, boolean bias, boolean addend, boolean relu) {
    return OneDnnCall.cached(
        () -> {
          int most = Range.most(Range.of(s.result()));
          memory.desc kernel = s.forward(most, s.anyKernel()).weights_desc();
          return plan(
              WinogradKernels.toPlanes(s.plane(kernel), WinogradMatrices.FROM_KERNEL),
              tiles -> forward(s, tiles, kernel),
              s.input(),
              s.result(),
              bias,
              addend,
              relu);
        },
        "winograd",
        s,
        bias,
        addend,
        relu);
  }

  private static OneDnnCall forward(WinogradSizes s, int tiles, memory.desc kernel) {
    convolution_forward.primitive_desc pd = s.forward(tiles, kernel);
    return new OneDnnCall(new convolution_forward(pd))
        .with(dnnl.DNNL_ARG_SRC, pd.src_desc())
        .with(dnnl.DNNL_ARG_WEIGHTS, kernel)
        .with(dnnl.DNNL_ARG_DST, pd.dst_desc());
  }

  private static Plan byInput(WinogradSizes s) {
    return OneDnnCall.cached(
        () -> {
          int most = Range.most(Range.of(s.inputGradient()));
          memory.desc kernel = s.byInput(most, s.anyKernel()).weights_desc();
          return plan(
              WinogradKernels.toPlanes(s.plane(kernel), WinogradMatrices.FROM_REVERSED),
              tiles -> byInput(s, tiles, kernel),
              s.resultGradient(),
              s.inputGradient(),
              false,
              false,
              false);
        },
        "winograd by input",
        s);
  }

  private static OneDnnCall byInput(WinogradSizes s, int tiles, memory.desc kernel) {
    convolution_backward_data.primitive_desc pd = s.byInput(tiles, kernel);
    return new OneDnnCall(new convolution_backward_data(pd))
        .with(dnnl.DNNL_ARG_DIFF_DST, pd.diff_dst_desc())
        .with(dnnl.DNNL_ARG_WEIGHTS, kernel)
        .with(dnnl.DNNL_ARG_DIFF_SRC, pd.diff_src_desc());
  }

  /** What is done for the gradient by the kernel of some tiles. */
  private record SumStep(RowMap x, RowMap dy, OneDnnCall each, long in, long out) {}

  /** The gradient by the kernel: each step makes planes of its own, which are added at the end. */
  private record Sum(WinogradKernels kernels, List<SumStep> steps, long in, long out) {
    void run(Array x, Array dy, Array dw) {
      try (Scope scope = Scope.open()) {
        Array in = Array.empty(DType.FLOAT, TILE * this.in);
        Array out = Array.empty(DType.FLOAT, TILE * this.out);
        Array planes = kernels.allocate(TILE * steps.size());
        long at = 0;
        for (SumStep s : steps) {
          s.x.run(x, in);
          s.dy.run(dy, out);
          for (int i = 0; i < TILE; i++, at += kernels.plane().bytes) {
            s.each.runFrom(new long[] {i * s.in, i * s.out, at}, in, out, planes);
          }
        }
        kernels.join(planes, dw);
      }
    }
  }

  private static Sum byWeight(WinogradSizes s) {
    return OneDnnCall.cached(
        () -> {
          List<Range> ranges = Range.ofSum(s.input(), s.result());
          int most = Range.most(ranges);
          memory.desc kernel = s.byWeight(most, s.anyKernel()).diff_weights_desc();
          List<SumStep> steps = new ArrayList<>();
          for (Range r : ranges) {
            steps.add(
                new SumStep(
                    s.input().toPlanes(WinogradMatrices.FROM_INPUT, r.first, r.last),
                    s.result().toPlanes(WinogradMatrices.FROM_RESULT, r.first, r.last),
                    byWeight(s, r.tiles(), kernel),
                    s.input().plane(r.tiles()) * Float.BYTES,
                    s.result().plane(r.tiles()) * Float.BYTES));
          }
          return new Sum(
              WinogradKernels.fromPlanes(
                  s.plane(kernel), WinogradMatrices.TO_KERNEL, ranges.size()),
              steps,
              s.input().plane(most),
              s.result().plane(most));
        },
        "winograd by weight",
        s);
  }

  private static OneDnnCall byWeight(WinogradSizes s, int tiles, memory.desc kernel) {
    convolution_backward_weights.primitive_desc pd = s.byWeight(tiles, kernel);
    return new OneDnnCall(new convolution_backward_weights(pd))
        .with(dnnl.DNNL_ARG_SRC, pd.src_desc())
        .with(dnnl.DNNL_ARG_DIFF_DST, pd.diff_dst_desc())
        .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, kernel);
  }

  /** Returns the kernels' planes for {@link #run}, in the current scope. */
  static Array pack(WinogradSizes s, Array w) {
    WinogradKernels kernels = forward(s, false, false, false).kernels;
    Array planes = kernels.allocate();
    kernels.split(w, planes);
    return planes;
  }

  /** Returns whether planes lie as {@link #run} takes them. */
  static boolean fits(WinogradSizes s, Array planes) {
    return forward(s, false, false, false).kernels.isLike(planes.layout());
  }

  /**
   * Writes {@code act(conv(x) + bias + addend)}.
   *
   * @param x channels last
   * @param planes as {@link #pack} made them
   * @param bias {@code [K]} or null
   * @param addend channels last, or null
   * @param out channels last
   */
  static void run(
      WinogradSizes s, Array x, Array planes, Array bias, Array addend, boolean relu, Array out) {
    Plan p = forward(s, bias != null, addend != null, relu);
    try (Scope scope = Scope.open()) {
      List<Array> arguments = new ArrayList<>(List.of(out));
      if (bias != null) {
        arguments.add(row(bias, s.outW()));
      }
      if (addend != null) {
        arguments.add(addend);
      }
      p.run(x, planes, arguments.toArray(Array[]::new));
    }
  }

  /** Returns a bias as often as a row has positions. */
  private static Array row(Array bias, long times) {
    float[] one = Host.floats(bias);
    float[] all = new float[Math.toIntExact(one.length * times)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    Array row = Array.empty(DType.FLOAT, all.length);
    Host.put(all, row);
    return row;
  }

  /** Writes the gradient by the input; all pictures' channels stand last, the kernel is plain. */
  static void byInput(WinogradSizes s, Array dy, Array w, Array dx) {
    Plan p = byInput(s);
    try (Scope scope = Scope.open()) {
      Array planes = p.kernels.allocate();
      p.kernels.split(w, planes);
      p.run(dy, planes, dx);
    }
  }

  /** Writes the gradient by the kernel, plain; all pictures' channels stand last. */
  static void byWeight(WinogradSizes s, Array dy, Array x, Array dw) {
    byWeight(s).run(x, dy, dw);
  }
}
