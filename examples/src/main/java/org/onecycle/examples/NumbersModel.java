package org.onecycle.examples;

import org.onecycle.array.Scope;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.LSTM;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.tensor.LstmResult;
import org.onecycle.tensor.Tensor;
import org.onecycle.text.models.Resettable;
import org.onecycle.text.models.RnnOutputs;

/**
 * A language model written by hand, as in the book's chapter 12: embedding, LSTM, dropout, a
 * decoder with the embedding's weight, and a state that goes on from batch to batch.
 */
final class NumbersModel extends Module implements RnnOutputs, Resettable {
  private final Embedding inputToHidden;
  private final LSTM rnn;
  private final Dropout drop;
  private final Linear hiddenToOutput;
  private Tensor h;
  private Tensor c;
  private Tensor raw;
  private Tensor dropped;

  NumbersModel(int vocabSize, int hidden, int layers, double p) {
    inputToHidden = add("i_h", new Embedding(vocabSize, hidden));
    rnn = add("rnn", new LSTM(hidden, hidden, layers));
    drop = add("drop", new Dropout(p));
    hiddenToOutput = add("h_o", new Linear(inputToHidden.weight(), true));
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    LstmResult r = rnn.run(inputToHidden.call(inputs[0]), h, c);
    // A batch's memory goes back when it is over: the state is copied out, without its history.
    try (Scope out = Scope.outside()) {
      h = r.h().copy();
      c = r.c().copy();
    }
    raw = r.output();
    dropped = drop.call(raw);
    return hiddenToOutput.call(dropped);
  }

  @Override
  public Tensor rawOutput() {
    return raw;
  }

  @Override
  public Tensor droppedOutput() {
    return dropped;
  }

  @Override
  public void reset() {
    h = null;
    c = null;
  }
}
