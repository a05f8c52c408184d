package org.onecycle.nn;

/**
 * Marks a normalising layer: initialisers leave its parameters alone, they get no weight decay, and
 * they keep training while the rest of their group is frozen.
 */
public interface NormLayer {}
