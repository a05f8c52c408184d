package org.onecycle.learner;

import java.util.List;
import java.util.function.Supplier;
import org.onecycle.io.Spec;
import org.onecycle.loss.Loss;
import org.onecycle.metric.Metric;
import org.onecycle.nn.Parameter;
import org.onecycle.optim.Lr;
import org.onecycle.optim.OptimizerFactory;
import org.onecycle.show.ProgressOutput;

/** What a builder has gathered. */
record LearnerOptions(
    Loss lossFunc,
    OptimizerFactory optFunc,
    Lr lr,
    Supplier<List<List<Parameter>>> groups,
    List<Metric> metrics,
    boolean trainMetrics,
    List<Callback> cbs,
    Double wd,
    boolean wdBnBias,
    boolean trainBn,
    Momentums moms,
    ProgressOutput progress,
    Supplier<Spec> model) {}
