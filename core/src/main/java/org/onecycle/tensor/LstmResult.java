package org.onecycle.tensor;

/**
 * What an LSTM gives.
 *
 * @param output the hidden state after every step
 * @param h the hidden state after the last step
 * @param c the cell state after the last step
 */
public record LstmResult(Tensor output, Tensor h, Tensor c) {}
