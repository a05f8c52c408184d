package org.onecycle.testing;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which tests were skipped and why, which the build's own summary leaves out. */
public final class SkipReasons implements TestExecutionListener {
  private static final Logger LOG = LoggerFactory.getLogger("skipped");

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    LOG.warn("{}: {}", name(test), reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      LOG.warn(
          "{}: {}", name(test), result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
    }
  }

  private static String name(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    if (source instanceof MethodSource method) {
      return simple(method.getClassName()) + ", " + test.getDisplayName();
    }
    return source instanceof ClassSource type ? simple(type.getClassName()) : test.getDisplayName();
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
