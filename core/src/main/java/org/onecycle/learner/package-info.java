/**
 * The training loop: a {@link org.onecycle.learner.Learner} holds data, model, loss and optimiser;
 * {@link org.onecycle.learner.Callback}s see and change everything that happens.
 */
package org.onecycle.learner;
