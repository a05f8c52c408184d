/**
 * From texts to batches: rules, tokens, vocabulary, the loaders of language models and classifiers.
 */
package org.onecycle.text.data;
