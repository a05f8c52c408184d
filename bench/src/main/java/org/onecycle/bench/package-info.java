/** The driver that measures Onecycle beside others. */
package org.onecycle.bench;
