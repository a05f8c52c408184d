/**
 * Pictures of animals that do not exist, for the examples to train on where there is no network.
 *
 * <p>Everything is drawn from distances to simple shapes, with {@code StrictMath} and plain
 * arithmetic only, so that one seed gives the same pixels on every Java virtual machine.
 */
package org.onecycle.examples.breeds;
