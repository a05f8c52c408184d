package org.onecycle.learner;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Member;
import org.onecycle.tensor.Tensor;

/**
 * Where training is and what it has in hand: what callbacks read and change.
 *
 * <p>Batch, prediction and loss exist during a batch only; their memory is gone afterwards.
 */
public final class TrainingState {
  private int epoch;
  private int nEpoch;
  private int iter;
  private int nIter;
  private int trainIter;
  private double pctTrain;
  private boolean training;
  private boolean searching;
  private DataLoader loader;
  private Batch batch;
  private Tensor pred;
  private Tensor lossGrad;
  private double loss;
  private List<Member> targetKinds = List.of();
  private final List<Tensor> kept = new ArrayList<>();

  TrainingState() {}

  /** Returns the epoch of this fit, counted from 0. */
  public int epoch() {
    return epoch;
  }

  /** Returns the number of epochs of this fit. */
  public int nEpoch() {
    return nEpoch;
  }

  /** Returns the batch in the training or validation part of the epoch, counted from 0. */
  public int iter() {
    return iter;
  }

  /** Returns the number of batches of this part of the epoch. */
  public int nIter() {
    return nIter;
  }

  /** Returns the number of training batches that this fit has finished. */
  public int trainIter() {
    return trainIter;
  }

  /** Returns the share of this fit's training that is done, from 0 to 1. */
  public double pctTrain() {
    return pctTrain;
  }

  /** Returns whether the batches are for training. */
  public boolean training() {
    return training;
  }

  /**
   * Returns whether this is a search for a learning rate, of which nothing will be left: callbacks
   * that keep records or files for the user stay out of it.
   */
  public boolean searching() {
    return searching;
  }

  void searching(boolean on) {
    searching = on;
  }

  /** Puts the counts where those of another state are. */
  void restore(TrainingState other) {
    epoch = other.epoch;
    nEpoch = other.nEpoch;
    iter = other.iter;
    nIter = other.nIter;
    trainIter = other.trainIter;
    pctTrain = other.pctTrain;
    training = other.training;
    loader = other.loader;
    loss = other.loss;
    targetKinds = other.targetKinds;
  }

  /** Returns the loader of the current batches. */
  public DataLoader loader() {
    return loader;
  }

  /** Returns the current batch, or null between batches. */
  public Batch batch() {
    return batch;
  }

  /** Replaces the current batch. */
  public void batch(Batch other) {
    batch = other;
  }

  /** Returns the model's output, or null before there is one. */
  public Tensor pred() {
    return pred;
  }

  /** Replaces the model's output. */
  public void pred(Tensor other) {
    pred = other;
  }

  /** Returns the loss that is reported; 0 before the first batch. */
  public double loss() {
    return loss;
  }

  /** Replaces the loss that is reported. */
  public void loss(double other) {
    loss = other;
  }

  /** Returns the loss that is differentiated, or null before there is one. */
  public Tensor lossGrad() {
    return lossGrad;
  }

  /** Replaces the loss that is differentiated, as a regulariser does; the reported one stays. */
  public void lossGrad(Tensor other) {
    lossGrad = other;
  }

  /** Keeps inner results of the model readable after the backward pass, to the batch's end. */
  public void keep(Tensor... tensors) {
    kept.addAll(List.of(tensors));
  }

  Tensor[] keptTensors() {
    List<Tensor> all = new ArrayList<>(kept);
    all.add(pred);
    return all.toArray(new Tensor[0]);
  }

  List<Member> targetKinds() {
    return targetKinds;
  }

  void beginFit(int epochs) {
    nEpoch = epochs;
    epoch = 0;
    trainIter = 0;
    pctTrain = 0;
  }

  void beginEpoch(int number) {
    epoch = number;
  }

  void beginPart(DataLoader batches, boolean forTraining) {
    loader = batches;
    nIter = batches.size();
    training = forTraining;
  }

  void progress(int iterations, double pct) {
    trainIter = iterations;
    pctTrain = pct;
  }

  void beginBatch(int number, Batch read) {
    iter = number;
    batch = read;
    if (read.members().size() > read.inputs().length) {
      targetKinds = read.members().subList(read.inputs().length, read.members().size());
    }
  }

  void endBatch() {
    batch = null;
    pred = null;
    lossGrad = null;
    kept.clear();
  }
}
