package org.onecycle.notebook;

import java.util.Locale;
import org.onecycle.show.Html;
import org.onecycle.show.ProgressOutput;

/** A bar in a cell: steps done, rate, time left, message. */
final class NotebookBar implements ProgressOutput.Bar {
  private static final double NANOS = 1e9;

  private final NotebookProgress progress;
  private final String title;
  private final long steps;
  private final long start;
  private long done;
  private String message = "";

  NotebookBar(NotebookProgress progress, String title, long steps, long start) {
    this.progress = progress;
    this.title = title;
    this.steps = steps;
    this.start = start;
  }

  @Override
  public void step(String said) {
    done++;
    message = said;
    progress.stepped(this);
  }

  @Override
  public void close() {
    progress.closed(this);
  }

  String html(long now) {
    return "<div><progress value=\"%d\" max=\"%d\" style=\"width:300px\"></progress> %s</div>\n"
        .formatted(done, steps, Html.escape(text(now)));
  }

  /** For instance {@code epoch 1/4 train 12/50, 8.1/s, 00:04 left, loss 0.6931}. */
  String text(long now) {
    StringBuilder s = new StringBuilder(title).append(' ').append(done).append('/').append(steps);
    double seconds = (now - start) / NANOS;
    if (done > 0 && seconds > 0) {
      double rate = done / seconds;
      long left = Math.round((steps - done) / rate);
      s.append(String.format(Locale.ROOT, ", %.1f/s, %02d:%02d left", rate, left / 60, left % 60));
    }
    return message.isEmpty() ? s.toString() : s.append(", ").append(message).toString();
  }
}
