/**
 * Blocks and loaders of pictures: {@code ImageBlock}, {@code MaskBlock}, {@code ImageDataLoaders}.
 */
package org.onecycle.vision.data;
