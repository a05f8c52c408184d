package org.onecycle.text.models;

import org.onecycle.nn.Stateful;

/** A recurrent module: it keeps its state from one call to the next, which then starts from it. */
public interface Resettable extends Stateful {}
