package org.onecycle.show;

import java.util.List;

/** Shows nothing. */
final class SilentProgress implements ProgressOutput, ProgressOutput.Bar {
  static final SilentProgress INSTANCE = new SilentProgress();

  private SilentProgress() {}

  @Override
  public void begin(List<String> columns) {}

  @Override
  public void row(List<String> cells) {}

  @Override
  public Bar bar(String title, long steps) {
    return this;
  }

  @Override
  public void step(String message) {}

  @Override
  public boolean isShown() {
    return false;
  }

  @Override
  public void close() {}
}
