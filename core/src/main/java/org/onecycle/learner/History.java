package org.onecycle.learner;

import java.util.AbstractList;
import java.util.List;
import java.util.Locale;

/** The epochs of a fit; prints as one line, for the rows have been shown already. */
final class History extends AbstractList<EpochRecord> {
  private final List<EpochRecord> records;

  History(List<EpochRecord> records) {
    this.records = List.copyOf(records);
  }

  @Override
  public EpochRecord get(int index) {
    return records.get(index);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public String toString() {
    if (records.isEmpty()) {
      return "no epochs";
    }
    EpochRecord last = records.get(records.size() - 1);
    double seconds = records.stream().mapToDouble(EpochRecord::seconds).sum();
    StringBuilder s = new StringBuilder();
    s.append(records.size()).append(records.size() == 1 ? " epoch" : " epochs");
    s.append(" in ").append(Recorder.time(seconds));
    s.append("; train_loss ").append(number(last.trainLoss()));
    s.append(", valid_loss ").append(number(last.validLoss()));
    last.metrics().forEach((name, v) -> s.append(", ").append(name).append(' ').append(number(v)));
    return s.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "None" : String.format(Locale.ROOT, "%.4f", value);
  }
}
