package org.onecycle.optim;

/** The names of the hyper-parameters that the optimisers here know; others may be added freely. */
public final class Hyper {
  /** The learning rate. */
  public static final String LR = "lr";

  /** The momentum: how much of the average gradient stays from step to step. */
  public static final String MOM = "mom";

  /** The same for the average of squared gradients. */
  public static final String SQR_MOM = "sqr_mom";

  /** What is added to a denominator so that it is not zero. */
  public static final String EPS = "eps";

  /** The weight decay. */
  public static final String WD = "wd";

  /** RAdam's sharpness of the softplus on the denominator; 0 for none. */
  public static final String BETA = "beta";

  private Hyper() {}
}
