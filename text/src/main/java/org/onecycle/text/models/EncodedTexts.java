package org.onecycle.text.models;

import org.onecycle.tensor.Tensor;

/**
 * Encoded texts.
 *
 * @param output {@code [N, T, C]}, zero where a text has not begun
 * @param mask {@code [N, T]}, BOOL, true where there is padding
 */
public record EncodedTexts(Tensor output, Tensor mask) {}
