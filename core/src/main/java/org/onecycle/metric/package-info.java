/** Numbers that say how good predictions are, gathered over the batches of an epoch. */
package org.onecycle.metric;
