/** Callbacks that plug into the training loop. */
package org.onecycle.callback;
