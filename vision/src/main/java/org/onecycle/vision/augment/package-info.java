/**
 * Augmentation, of each picture on its way into the batch or of whole batches: flip, rotation, zoom
 * and warp composed into one interpolation, then lighting; pictures and masks by the same draws.
 */
package org.onecycle.vision.augment;
