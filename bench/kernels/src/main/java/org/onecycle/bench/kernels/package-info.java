/** Single operations, measured with JMH. */
package org.onecycle.bench.kernels;
