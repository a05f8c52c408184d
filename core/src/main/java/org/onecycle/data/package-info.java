/**
 * Items become samples, samples become batches: splitters, labellers, transforms that encode and
 * decode, vocabularies and loaders.
 *
 * <p>An item (a file, a row) is read by the {@link org.onecycle.data.Column}s of a {@link
 * org.onecycle.data.Datasets} into a {@link org.onecycle.data.Sample}; item transforms change its
 * members by their Java type; a {@link org.onecycle.data.Collate} writes the samples of a batch
 * into one Java array per member, in a worker thread; the consumer's thread makes tensors of them
 * and runs the {@link org.onecycle.data.BatchTransform}s. Every random choice comes from a
 * generator derived from the loader's seed, the epoch and the position of the sample, so a history
 * does not depend on the number of threads.
 */
package org.onecycle.data;
