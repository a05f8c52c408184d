package org.onecycle.backend;

import org.onecycle.array.Array;

/** The gradients of a layer's input, weight and bias; null where not wanted. */
public record Grads(Array x, Array weight, Array bias) {}
