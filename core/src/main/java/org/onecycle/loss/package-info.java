/**
 * Losses; each knows the activation that belongs to it and how predictions are decoded.
 *
 * <p>The names ending in {@code Flat} take predictions and targets of any number of axes and
 * compare them element by element.
 */
package org.onecycle.loss;
