/** libtorch's side of each row, through DJL. */
package org.onecycle.bench.libtorch;
