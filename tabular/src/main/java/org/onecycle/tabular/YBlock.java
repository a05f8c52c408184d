package org.onecycle.tabular;

/** What a table's target is. */
public enum YBlock {
  /** A category: predicted as probabilities, trained by cross entropy. */
  CATEGORY,
  /** One number or several: trained by the mean squared error. */
  REGRESSION
}
