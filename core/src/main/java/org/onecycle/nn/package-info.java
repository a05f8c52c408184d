/**
 * Modules: layers and models with named parameters, their first values and their state.
 *
 * <p>Names, defaults and printing are PyTorch's, so that weights load by name in both directions.
 * Constructors take sizes and draw first values from the generator of {@link
 * org.onecycle.nn.Init#rng()}.
 */
package org.onecycle.nn;
