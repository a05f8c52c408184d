package org.onecycle.nn;

/**
 * A module that takes two tensors: what the layer before gave, and what entered the {@link
 * SequentialEx} around.
 */
public interface SeesOriginal {}
