/** Onecycle's side of each row. */
package org.onecycle.bench.ours;
