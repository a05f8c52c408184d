/** Recurrent language models and classifiers: AWD-LSTM and what goes on top of it. */
package org.onecycle.text.models;
