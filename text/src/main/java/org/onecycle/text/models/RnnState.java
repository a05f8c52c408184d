package org.onecycle.text.models;

import org.onecycle.tensor.Tensor;

/**
 * The state of a recurrent layer.
 *
 * @param h the hidden state {@code [1, N, H]}
 * @param c the cell state {@code [1, N, H]}
 */
public record RnnState(Tensor h, Tensor c) {}
