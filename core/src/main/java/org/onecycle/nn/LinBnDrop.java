package org.onecycle.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * fastai's group of batch norm, dropout and a linear layer (without bias if there is batch norm).
 *
 * <p>Layers that would do nothing are absent: no batch norm unless wanted, no dropout if {@code p}
 * is 0. The batch norm is fastai's, with bias 1e-3 at the start.
 *
 * @param in the size of the last axis it takes
 * @param out the size of the last axis it gives
 * @param bn whether there is batch norm
 * @param p the probability of dropout
 * @param act the activation after the linear layer, or null
 * @param linFirst whether the linear layer and the activation come first
 */
public record LinBnDrop(int in, int out, boolean bn, double p, Module act, boolean linFirst) {
  /** The usual group: batch norm and a linear layer. */
  public LinBnDrop(int in, int out) {
    this(in, out, true, 0, null, false);
  }

  /** Returns this group with dropout. */
  public LinBnDrop withDropout(double probability) {
    return new LinBnDrop(in, out, bn, probability, act, linFirst);
  }

  /** Returns this group with an activation. */
  public LinBnDrop withAct(Module activation) {
    return new LinBnDrop(in, out, bn, p, activation, linFirst);
  }

  /** Returns this group with or without batch norm. */
  public LinBnDrop withBn(boolean wanted) {
    return new LinBnDrop(in, out, wanted, p, act, linFirst);
  }

  /** Returns this group with the linear layer first or last. */
  public LinBnDrop withLinFirst(boolean first) {
    return new LinBnDrop(in, out, bn, p, act, first);
  }

  /** Returns new layers, in order. */
  public List<Module> layers() {
    List<Module> regular = new ArrayList<>();
    if (bn) {
      regular.add(new BatchNorm1d(linFirst ? out : in, BatchNormOptions.FASTAI));
    }
    if (p != 0) {
      regular.add(new Dropout(p));
    }
    List<Module> linear = new ArrayList<>();
    linear.add(new Linear(in, out, !bn));
    if (act != null) {
      linear.add(act);
    }
    List<Module> all = new ArrayList<>(linFirst ? linear : regular);
    all.addAll(linFirst ? regular : linear);
    return all;
  }

  /** Returns the layers as one module. */
  public Sequential module() {
    return new Sequential(layers());
  }
}
