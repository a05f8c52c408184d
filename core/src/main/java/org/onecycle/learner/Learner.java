package org.onecycle.learner;

import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.ItemReader;
import org.onecycle.data.Split;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.optim.Lr;
import org.onecycle.optim.Optimizer;
import org.onecycle.show.ProgressOutput;

/**
 * Data, a model, a loss and an optimiser, and what one does with them.
 *
 * <pre>{@code
 * Learner learn =
 *     Learner.of(dls, model)
 *         .lossFunc(new CrossEntropyLossFlat())
 *         .splitter(m -> List.of(m.encoder().parameters(), m.head().parameters()))
 *         .metrics(accuracy())
 *         .build();
 * learn.freeze();
 * learn.fitOneCycle(4, 3e-3);
 * learn.unfreeze();
 * learn.fitOneCycle(4, slice(1e-6, 1e-4));
 * }</pre>
 *
 * <p>Training stops with a {@link NonFiniteLossException} when a loss is not a number, and cleanly,
 * as if cancelled, when its thread is interrupted.
 */
public final class Learner {
  private final DataLoaders dls;
  private final Module model;
  private final LearnerOptions options;
  private final TrainingState state = new TrainingState();
  private final Callbacks callbacks = new Callbacks(this);
  private final Precision precision = new Precision();
  private final Recorder recorder;
  private final ProgressCallback progress;
  private final Fits fits;
  private final Results results;

  Learner(DataLoaders dls, Module model, LearnerOptions options) {
    this.dls = dls;
    this.model = model;
    this.options = options;
    recorder = new Recorder(options.metrics(), options.trainMetrics());
    progress = new ProgressCallback(options.progress());
    Loop loop = new Loop(this, state, callbacks);
    fits = new Fits(this, options, loop);
    results = new Results(this, loop);
    callbacks.add(List.of(new TrainEval(), recorder, progress));
    callbacks.add(options.cbs());
    callbacks.call(Event.AFTER_CREATE);
  }

  /** Returns the options of a learner. */
  public static <M extends Module> LearnerBuilder<M> of(DataLoaders dls, M model) {
    return new LearnerBuilder<>(dls, model);
  }

  // ---- what it is made of

  /** Returns the data. */
  public DataLoaders dls() {
    return dls;
  }

  /** Returns the model. */
  public Module model() {
    return model;
  }

  /** Returns the loss. */
  public Loss lossFunc() {
    return options.lossFunc();
  }

  /** Returns where training is. */
  public TrainingState state() {
    return state;
  }

  /** Returns the records of the last fit. */
  public Recorder recorder() {
    return recorder;
  }

  /** Returns the callbacks in the order in which they are called. */
  public List<Callback> cbs() {
    return callbacks.list();
  }

  /** Returns the optimiser, which is made when it is first needed and stays from fit to fit. */
  public Optimizer opt() {
    return fits.opt();
  }

  Precision precision() {
    return precision;
  }

  Fits fits() {
    return fits;
  }

  /**
   * Lets the model compute in BFLOAT16 from now on, about twice as fast: activations take half the
   * memory and have two to three digits; weights, running statistics, gradients of weights and the
   * loss stay FLOAT.
   *
   * @throws IllegalStateException if that would be slower than FLOAT: on a processor without
   *     AVX-512 BF16 or AMX, without oneDNN, or for a model without convolutions
   */
  public Learner toBf16() {
    precision.bf16(true, model);
    return this;
  }

  /** Lets the model compute in FLOAT again. */
  public Learner toFp32() {
    precision.bf16(false, model);
    return this;
  }

  // ---- training

  /** Trains for some epochs at the learner's rate. */
  public List<EpochRecord> fit(int nEpoch) {
    return fit(nEpoch, options.lr());
  }

  /** Trains for some epochs at a rate. */
  public List<EpochRecord> fit(int nEpoch, double lr) {
    return fit(nEpoch, Lr.of(lr));
  }

  /** Trains for some epochs at a rate for each group. */
  public List<EpochRecord> fit(int nEpoch, Lr lr) {
    return fit(nEpoch, lr, FitOptions.DEFAULT);
  }

  /**
   * Trains for some epochs.
   *
   * @return the epochs' records; those before {@link FitOptions#startEpoch} are left out
   * @throws NonFiniteLossException if a training loss is not finite
   * @throws CallbackException if a callback fails
   */
  public List<EpochRecord> fit(int nEpoch, Lr lr, FitOptions how) {
    return fits.fit(nEpoch, lr, how);
  }

  /** Trains for some epochs in one cycle up to the learner's rate. */
  public List<EpochRecord> fitOneCycle(int nEpoch) {
    return fitOneCycle(nEpoch, options.lr());
  }

  /** Trains for some epochs in one cycle up to a rate. */
  public List<EpochRecord> fitOneCycle(int nEpoch, double lrMax) {
    return fitOneCycle(nEpoch, Lr.of(lrMax));
  }

  /** Trains for some epochs in one cycle up to a rate for each group. */
  public List<EpochRecord> fitOneCycle(int nEpoch, Lr lrMax) {
    return fitOneCycle(nEpoch, lrMax, OneCycle.DEFAULT);
  }

  /** Trains for some epochs in one cycle of a given form. */
  public List<EpochRecord> fitOneCycle(int nEpoch, Lr lrMax, OneCycle form) {
    return fitOneCycle(nEpoch, lrMax, form, FitOptions.DEFAULT);
  }

  /** Trains for some epochs in one cycle of a given form; see {@link #fit(int, Lr, FitOptions)}. */
  public List<EpochRecord> fitOneCycle(int nEpoch, Lr lrMax, OneCycle form, FitOptions how) {
    return fits.oneCycle(nEpoch, lrMax, form, how);
  }

  /**
   * Trains for some epochs at a rate that stays and falls to almost nothing along a cosine at the
   * end.
   *
   * @param pctStart the share of the run in which it stays; fastai's default is .75
   */
  public List<EpochRecord> fitFlatCos(int nEpoch, Lr lr, double pctStart) {
    return fitFlatCos(nEpoch, lr, pctStart, FitOptions.DEFAULT);
  }

  /** As {@link #fitFlatCos(int, Lr, double)}; a start epoch keeps its place in the schedule. */
  public List<EpochRecord> fitFlatCos(int nEpoch, Lr lr, double pctStart, FitOptions how) {
    return fits.flatCos(nEpoch, lr, pctStart, how);
  }

  /**
   * Trains in cycles, each a cosine from the rate down to 0: stochastic gradient descent with warm
   * restarts, Loshchilov and Hutter 2017.
   *
   * @param cycleLen the epochs of the first cycle
   * @param cycleMult how much longer each cycle is than the one before; fastai's default is 2
   */
  public List<EpochRecord> fitSgdr(int nCycles, int cycleLen, Lr lr, int cycleMult) {
    return fits.sgdr(nCycles, cycleLen, lr, cycleMult);
  }

  /** Searches for a learning rate as fastai does by default. */
  public LrFound lrFind() {
    return lrFind(LrFinder.DEFAULT);
  }

  /**
   * Trains on some batches at rates that grow, and puts everything back as it was: weights, running
   * statistics, optimiser, random generators, loaders, records. What is trained next is what would
   * have been trained without the search.
   */
  public LrFound lrFind(LrFinder how) {
    return LrSearch.run(this, how);
  }

  /** Trains the last group for an epoch, then all groups for some, at fastai's defaults. */
  public List<EpochRecord> fineTune(int epochs) {
    return fineTune(epochs, FineTune.DEFAULT);
  }

  /** Trains the last group for an epoch, then all groups for some. */
  public List<EpochRecord> fineTune(int epochs, double baseLr) {
    return fineTune(epochs, FineTune.DEFAULT.withBaseLr(baseLr));
  }

  /**
   * Trains the last group, then all groups.
   *
   * @return the records of both runs
   * @throws IllegalStateException if there is only one group
   */
  public List<EpochRecord> fineTune(int epochs, FineTune form) {
    return fits.fineTune(epochs, form);
  }

  /** Freezes all groups but the last; the optimiser's averages are forgotten. */
  public void freeze() {
    opt().freeze();
  }

  /** Freezes the groups before {@code n}; negative counts from the end. */
  public void freezeTo(int n) {
    opt().freezeTo(n);
  }

  /** Lets all groups train. */
  public void unfreeze() {
    opt().unfreeze();
  }

  // ---- looking at results

  /** Computes loss and metrics over the validation data. */
  public Scores validate() {
    return validate(dls.valid());
  }

  /**
   * Computes loss and metrics over the data of a loader.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Scores validate(DataLoader loader) {
    return results.validate(loader);
  }

  /** Computes predictions for the validation data. */
  public Predictions getPreds() {
    return getPreds(dls.valid());
  }

  /** Computes predictions for one part of the data, in the order of its data set. */
  public Predictions getPreds(Split part) {
    return getPreds(part == Split.TRAIN ? dls.train() : dls.valid());
  }

  /** Computes predictions for the data of a loader, in the order of its data set. */
  public Predictions getPreds(DataLoader loader) {
    return getPreds(loader, PredsOptions.DEFAULT);
  }

  /**
   * Computes predictions for every item of a loader, in the order of its data set, also if the
   * loader shuffles, sorts or leaves out.
   */
  public Predictions getPreds(DataLoader loader, PredsOptions how) {
    return results.preds(loader, how);
  }

  /** Predicts the validation data by test-time augmentation, at fastai's defaults. */
  public Predictions tta() {
    return tta(dls.valid(), Tta.DEFAULT);
  }

  /**
   * Predicts by test-time augmentation: several looks at each item through the transforms of
   * training, and one plain look.
   *
   * @throws UnsupportedOperationException if the loader's batches do not come from samples
   */
  public Predictions tta(DataLoader loader, Tta how) {
    return how.predict(this, loader);
  }

  /** Predicts one item, as the user has it: a file, a text, a row. */
  public Prediction predict(Object item) {
    return results.predict(item);
  }

  // ---- files

  /**
   * Saves weights, running statistics and the optimiser as a safetensors file, which PyTorch reads.
   *
   * @throws java.io.UncheckedIOException if it cannot be written; an older file is still there then
   */
  public void save(Path file) {
    save(file, true);
  }

  /** As {@link #save(Path)}, with the optimiser's averages and hyper-parameters or without. */
  public void save(Path file, boolean withOpt) {
    Checkpoints.save(this, file, withOpt);
  }

  /**
   * Loads what {@link #save(Path)} or fastai's {@code learn.save} has written, with the optimiser
   * if the file has it.
   *
   * @throws IllegalArgumentException if the file is of another model; nothing has been changed then
   */
  public Learner load(Path file) {
    return load(file, true);
  }

  /** As {@link #load(Path)}, with the optimiser or without. */
  public Learner load(Path file, boolean withOpt) {
    Checkpoints.load(this, file, withOpt);
    return this;
  }

  /**
   * Writes all that is needed to predict, into one file: the weights, and how the model, the
   * reading of new items and the loss are made, by the names of factories in {@link
   * org.onecycle.io.Exports}. {@link Predictor#load} reads it, in a program that has neither data
   * nor training code.
   *
   * @throws IllegalArgumentException naming the model, transform or loss that cannot be made again;
   *     nothing is written then
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void export(Path file) {
    ExportFile.write(file, this);
  }

  /** As {@link #export(Path)}, with another reader than the data's. */
  public void export(Path file, ItemReader reader) {
    ExportFile.write(file, this, reader);
  }

  /**
   * Writes all that is needed to predict: the weights, and how model, reader and loss are made, by
   * the names of factories in {@link org.onecycle.io.Exports}. {@link Predictor#load} reads it.
   *
   * @param model how a model of this architecture is made
   * @param reader how new items become inputs and answers words
   * @throws IllegalArgumentException if a piece cannot be made again; nothing is written then
   */
  public void export(Path file, Spec model, ItemReader reader) {
    ExportFile.write(file, this.model, lossFunc(), model, reader);
  }

  Spec modelSpec() {
    return options.model() == null ? Exportable.of(model) : options.model().get();
  }

  /** Returns the model's layers with their shapes and sizes, and what trains it, as a text. */
  public String summary() {
    return Summary.of(this);
  }

  // ---- for a while

  /** Adds callbacks for good. */
  public Learner addCbs(Callback... more) {
    callbacks.add(List.of(more));
    return this;
  }

  /** Removes callbacks. */
  public Learner removeCbs(Callback... some) {
    callbacks.remove(List.of(some));
    return this;
  }

  /** Adds callbacks until the returned handle is closed. */
  public Undo addedCbs(List<? extends Callback> more) {
    callbacks.add(more);
    return () -> callbacks.remove(more);
  }

  /** Shows no bars until the returned handle is closed. */
  public Undo noBar() {
    return progress.shown(progress.output().withoutBars());
  }

  /** Shows nothing until the returned handle is closed. */
  public Undo noLogging() {
    return progress.shown(ProgressOutput.none());
  }

  /** Returns where progress is shown. */
  public ProgressOutput progress() {
    return progress.output();
  }

  /** Returns the kinds of the model and the loss; {@link #summary} tells more. */
  @Override
  public String toString() {
    return "Learner of a %s with %s".formatted(model.kind(), lossFunc().getClass().getSimpleName());
  }
}
