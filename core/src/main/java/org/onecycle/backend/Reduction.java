package org.onecycle.backend;

/** The ways to make one number out of many. */
public enum Reduction {
  SUM,
  MEAN,
  MAX,
  MIN,
  PROD
}
