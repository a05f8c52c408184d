package org.onecycle.backend;

/** The functions of two numbers that kernels compute on pairs of elements. */
public enum Binary {
  ADD,
  SUB,
  MUL,
  DIV,
  POW,
  MAX,
  MIN,
  /** Floored division's remainder, with the sign of the divisor. */
  REMAINDER,
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE,
  AND,
  OR;

  /** Returns whether the result is BOOL. */
  public boolean isComparison() {
    return ordinal() >= EQ.ordinal();
  }
}
