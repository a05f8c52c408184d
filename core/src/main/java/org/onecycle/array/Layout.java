package org.onecycle.array;

/**
 * How a backend's opaque block arranges its elements, for example oneDNN's {@code nChw16c}.
 *
 * <p>A backend may return arrays in its own layout and take them back in the next operation;
 * everybody else sees them through {@link #unpack}, which is called once, when somebody asks.
 */
public interface Layout {
  /** Writes the elements of the opaque array into the plain one, which is allocated. */
  void unpack(Array opaque, Array plain);
}
