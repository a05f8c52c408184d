/**
 * What a measured side of a comparison is made of: its inputs, its work, its talk with the driver.
 */
package org.onecycle.bench.work;
