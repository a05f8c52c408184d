package org.onecycle.tabular;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.data.HostArray;

/**
 * Rows as a model takes them: one matrix per type.
 *
 * @param count number of rows
 * @param cats INT64 {@code [N, categorical columns]}; null if there are none
 * @param conts FLOAT {@code [N, continuous columns]}; null if there are none
 * @param y the targets, INT64 {@code [N]}, FLOAT {@code [N]} or {@code [N, targets]}; null if there
 *     are none
 */
record Rows(int count, HostArray cats, HostArray conts, HostArray y) {

  int inputs() {
    return (cats == null ? 0 : 1) + (conts == null ? 0 : 1);
  }

  HostArray[] arrays() {
    List<HostArray> out = new ArrayList<>();
    for (HostArray a : new HostArray[] {cats, conts, y}) {
      if (a != null) {
        out.add(a);
      }
    }
    return out.toArray(new HostArray[0]);
  }
}
