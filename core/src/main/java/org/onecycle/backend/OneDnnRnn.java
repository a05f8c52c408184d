package org.onecycle.backend;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/**
 * LSTMs by oneDNN's primitive, in FLOAT. PyTorch's weights are oneDNN's in the order {@code ldgoi}
 * and are brought into the order that the primitive likes at each call: they change at each step of
 * training.
 */
final class OneDnnRnn implements RnnKernels {
  private final RnnKernels portable;

  OneDnnRnn(RnnKernels portable) {
    this.portable = portable;
  }

  /** The sizes of an LSTM. */
  private record Sizes(long steps, long n, long in, long h) {
    memory.desc x() {
      return tagged(memory.format_tag.tnc, steps, n, in);
    }

    memory.desc y() {
      return tagged(memory.format_tag.tnc, steps, n, h);
    }

    memory.desc state() {
      return tagged(memory.format_tag.ldnc, 1, 1, n, h);
    }

    memory.desc bias() {
      return tagged(memory.format_tag.ldgo, 1, 1, 4, h);
    }

    memory.desc torch(long from) {
      return tagged(memory.format_tag.ldgoi, 1, 1, from, 4, h);
    }

    memory.desc any(long from) {
      return tagged(memory.format_tag.any, 1, 1, from, 4, h);
    }

    lstm_forward.primitive_desc forward(boolean training) {
      return new lstm_forward.primitive_desc(
          OneDnn.engine(),
          training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
          dnnl.rnn_direction.unidirectional_left2right,
          x(),
          state(),
          state(),
          any(in),
          any(h),
          bias(),
          y(),
          state(),
          state());
    }

    lstm_backward.primitive_desc backward() {
      return new lstm_backward.primitive_desc(
          OneDnn.engine(),
          dnnl.prop_kind.backward,
          dnnl.rnn_direction.unidirectional_left2right,
          x(),
          state(),
          state(),
          any(in),
          any(h),
          bias(),
          y(),
          state(),
          state(),
          x(),
          state(),
          state(),
          any(in),
          any(h),
          bias(),
          y(),
          state(),
          state(),
          forward(true));
    }
  }

  /** A primitive and the orders of weights that it wants. */
  private record Made(
      OneDnnCall call, Order ih, Order hh, Order diffIh, Order diffHh, long workspace) {}

  /** Weights in the primitive's order. */
  private record Order(long bytes, OneDnnCall reorder) {
    /** The reorder is null if PyTorch's order will do. */
    static Order to(memory.desc torch, memory.desc own) {
      return new Order(own.get_size(), own.equals(torch) ? null : reorderCall(torch, own));
    }

    static Order from(memory.desc own, memory.desc torch) {
      return new Order(own.get_size(), reorderCall(own, torch));
    }

    private static OneDnnCall reorderCall(memory.desc from, memory.desc to) {
      reorder.primitive_desc pd =
          new reorder.primitive_desc(
              OneDnn.engine(), from, OneDnn.engine(), to, new primitive_attr(), false);
      return new OneDnnCall(new reorder(pd)).with(DNNL_ARG_FROM, from).with(DNNL_ARG_TO, to);
    }

    Array own(Array torch) {
      if (reorder == null) {
        return torch.plain();
      }
      Array out = block();
      reorder.run(torch.plain(), out);
      return out;
    }

    Array block() {
      return Array.empty(DType.INT8, bytes);
    }
  }

  private static memory.desc tagged(memory.format_tag tag, long... dims) {
    return new memory.desc(dims, memory.data_type.f32, tag);
  }

  @Override
  public LstmRun lstm(Array x, Array h0, Array c0, LstmWeights w, boolean forGrad) {
    if (x.dtype() != DType.FLOAT) {
      return portable.lstm(x, h0, c0, w, forGrad);
    }
    Sizes z = new Sizes(x.size(0), x.size(1), x.size(2), h0.size(1));
    Made made = OneDnnCall.cached(() -> makeForward(z, forGrad), "lstm", z, forGrad);
    try (Scope s = Scope.open()) {
      Array steps = Array.empty(DType.FLOAT, z.steps + 2, z.n, z.h);
      Array first = Array.empty(DType.FLOAT, z.n, z.h);
      Array workspace = Array.empty(DType.INT8, made.workspace);
      ElementwiseKernels each = Backends.current().elementwise();
      each.copy(h0.plain(), slab(steps, z, 0));
      each.copy(c0.plain(), first);
      Array[] arguments = {
        x.plain(),
        slab(steps, z, 0),
        first,
        made.ih.own(w.ih()),
        made.hh.own(w.hh()),
        bias(w),
        steps.view(z.n * z.h, z.steps, z.n, z.h),
        // The last hidden state is the last output too, but has to be written somewhere.
        Array.empty(DType.FLOAT, z.n, z.h),
        slab(steps, z, z.steps + 1),
        workspace
      };
      made.call.run(forGrad ? arguments : Arrays.copyOf(arguments, arguments.length - 1));
      s.keep(steps);
      return new LstmRun(steps, forGrad ? List.of(s.keep(workspace), s.keep(first)) : List.of());
    }
  }

  @Override
  public LstmGrads lstmGrad(Array dSteps, Array x, LstmWeights w, LstmRun run, boolean wantX) {
    if (x.dtype() != DType.FLOAT) {
      return portable.lstmGrad(dSteps, x, w, run, wantX);
    }
    Sizes z = new Sizes(x.size(0), x.size(1), x.size(2), w.hh().size(1));
    Made made = OneDnnCall.cached(() -> makeBackward(z), "lstm grad", z);
    Array steps = run.steps();
    Array d = dSteps.plain();
    ElementwiseKernels each = Backends.current().elementwise();
    try (Scope s = Scope.open()) {
      Array dx = Array.empty(DType.FLOAT, z.steps, z.n, z.in);
      Array dh = Array.empty(DType.FLOAT, z.n, z.h);
      Array dc = Array.empty(DType.FLOAT, z.n, z.h);
      Array none = Array.empty(DType.FLOAT, z.n, z.h);
      Array dIh = made.diffIh.block();
      Array dHh = made.diffHh.block();
      Array db = Array.empty(DType.FLOAT, 4 * z.h);
      // The primitive adds to these three.
      each.fill(dIh, 0);
      each.fill(dHh, 0);
      each.fill(db, 0);
      each.fill(none, 0);
      made.call.run(
          x.plain(),
          slab(steps, z, 0),
          run.workspace().get(1),
          made.ih.own(w.ih()),
          made.hh.own(w.hh()),
          bias(w),
          steps.view(z.n * z.h, z.steps, z.n, z.h),
          slab(steps, z, z.steps),
          slab(steps, z, z.steps + 1),
          run.workspace().get(0),
          dx,
          dh,
          dc,
          dIh,
          dHh,
          db,
          d.view(z.n * z.h, z.steps, z.n, z.h),
          none,
          slab(d, z, z.steps + 1));
      Array torchIh = Array.empty(DType.FLOAT, 4 * z.h, z.in);
      Array torchHh = Array.empty(DType.FLOAT, 4 * z.h, z.h);
      made.diffIh.reorder.run(dIh, torchIh);
      made.diffHh.reorder.run(dHh, torchHh);
      return new LstmGrads(
          wantX ? s.keep(dx) : null,
          s.keep(dh),
          s.keep(dc),
          s.keep(torchIh),
          s.keep(torchHh),
          s.keep(db));
    }
  }

  private static Array bias(LstmWeights w) {
    return Backends.current().elementwise().binary(Binary.ADD, w.biasIh(), w.biasHh()).plain();
  }

  private static Array slab(Array steps, Sizes z, long i) {
    return steps.view(i * z.n * z.h, z.n, z.h);
  }

  private static Made makeForward(Sizes z, boolean training) {
    lstm_forward.primitive_desc pd = z.forward(training);
    OneDnnCall call =
        new OneDnnCall(new lstm_forward(pd))
            .with(DNNL_ARG_SRC_LAYER, z.x())
            .with(DNNL_ARG_SRC_ITER, z.state())
            .with(DNNL_ARG_SRC_ITER_C, z.state())
            .with(DNNL_ARG_WEIGHTS_LAYER, pd.weights_layer_desc())
            .with(DNNL_ARG_WEIGHTS_ITER, pd.weights_iter_desc())
            .with(DNNL_ARG_BIAS, z.bias())
            .with(DNNL_ARG_DST_LAYER, z.y())
            .with(DNNL_ARG_DST_ITER, z.state())
            .with(DNNL_ARG_DST_ITER_C, z.state());
    long workspace = 1;
    if (training) {
      call.with(DNNL_ARG_WORKSPACE, pd.workspace_desc());
      workspace = pd.workspace_desc().get_size();
    }
    return new Made(
        call,
        Order.to(z.torch(z.in), pd.weights_layer_desc()),
        Order.to(z.torch(z.h), pd.weights_iter_desc()),
        null,
        null,
        workspace);
  }

  private static Made makeBackward(Sizes z) {
    lstm_backward.primitive_desc pd = z.backward();
    OneDnnCall call =
        new OneDnnCall(new lstm_backward(pd))
            .with(DNNL_ARG_SRC_LAYER, z.x())
            .with(DNNL_ARG_SRC_ITER, z.state())
            .with(DNNL_ARG_SRC_ITER_C, z.state())
            .with(DNNL_ARG_WEIGHTS_LAYER, pd.weights_layer_desc())
            .with(DNNL_ARG_WEIGHTS_ITER, pd.weights_iter_desc())
            .with(DNNL_ARG_BIAS, z.bias())
            .with(DNNL_ARG_DST_LAYER, z.y())
            .with(DNNL_ARG_DST_ITER, z.state())
            .with(DNNL_ARG_DST_ITER_C, z.state())
            .with(DNNL_ARG_WORKSPACE, z.forward(true).workspace_desc())
            .with(DNNL_ARG_DIFF_SRC_LAYER, z.x())
            .with(DNNL_ARG_DIFF_SRC_ITER, z.state())
            .with(DNNL_ARG_DIFF_SRC_ITER_C, z.state())
            .with(DNNL_ARG_DIFF_WEIGHTS_LAYER, pd.diff_weights_layer_desc())
            .with(DNNL_ARG_DIFF_WEIGHTS_ITER, pd.diff_weights_iter_desc())
            .with(DNNL_ARG_DIFF_BIAS, z.bias())
            .with(DNNL_ARG_DIFF_DST_LAYER, z.y())
            .with(DNNL_ARG_DIFF_DST_ITER, z.state())
            .with(DNNL_ARG_DIFF_DST_ITER_C, z.state());
    return new Made(
        call,
        Order.to(z.torch(z.in), pd.weights_layer_desc()),
        Order.to(z.torch(z.h), pd.weights_iter_desc()),
        Order.from(pd.diff_weights_layer_desc(), z.torch(z.in)),
        Order.from(pd.diff_weights_iter_desc(), z.torch(z.h)),
        0);
  }
}
