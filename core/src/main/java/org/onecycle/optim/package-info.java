/**
 * Parameter groups, optimisers, learning rates by group, and the schedules of hyper-parameters.
 *
 * <p>An {@link org.onecycle.optim.Optimizer} is a list of {@link org.onecycle.optim.Stepper}s over
 * {@link org.onecycle.optim.ParamGroup}s; {@link org.onecycle.optim.Optimizers} has the known ones.
 */
package org.onecycle.optim;
