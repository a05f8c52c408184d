/** Batches, predictions and mistakes as pictures. */
package org.onecycle.vision.show;
