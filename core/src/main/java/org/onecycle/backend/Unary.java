package org.onecycle.backend;

/** The functions of one number that kernels compute on every element. */
public enum Unary {
  NEG,
  ABS,
  SIGN,
  EXP,
  LOG,
  LOG1P,
  SQRT,
  SQUARE,
  RECIPROCAL,
  SIN,
  COS,
  TANH,
  SIGMOID,
  RELU,
  SOFTPLUS,
  ERF,
  FLOOR,
  CEIL,
  /** Rounds to the nearest integer, halves to even. */
  ROUND,
  IS_NAN,
  IS_INF
}
