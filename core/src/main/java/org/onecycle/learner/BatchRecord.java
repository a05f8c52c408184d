package org.onecycle.learner;

/**
 * What was recorded of one training batch.
 *
 * @param loss the loss of the batch
 * @param smoothLoss the smoothed loss up to it
 * @param lr the learning rate of the last parameter group
 * @param mom the momentum of the last parameter group; NaN if the optimiser has none
 */
public record BatchRecord(double loss, double smoothLoss, double lr, double mom) {}
