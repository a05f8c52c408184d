/**
 * Pictures in memory: decoding, saving, and the item operations that bring them to one size.
 *
 * <p>The only package that knows OpenCV; everybody else sees {@link
 * org.onecycle.vision.image.Image}.
 */
package org.onecycle.vision.image;
