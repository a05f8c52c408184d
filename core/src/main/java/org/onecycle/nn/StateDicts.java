package org.onecycle.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.tensor.Tensor;

/** Copies values into a module by name, all or nothing. */
final class StateDicts {
  private static final int SHOWN = 5;

  private StateDicts() {}

  static List<String> load(Module module, Map<String, Tensor> state, boolean strict) {
    Map<String, Tensor> own = module.stateDict();
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    own.forEach(
        (name, target) -> {
          Tensor given = state.get(name);
          if (given == null) {
            // Old checkpoints lack the counter, and nothing depends on it.
            if (!name.endsWith("num_batches_tracked")) {
              missing.add(name);
            }
          } else if (!Arrays.equals(given.shape(), target.shape())) {
            wrong.add(
                name
                    + " expects "
                    + Arrays.toString(target.shape())
                    + ", got "
                    + Arrays.toString(given.shape()));
          }
        });
    List<String> extra = new ArrayList<>();
    for (String name : state.keySet()) {
      if (!own.containsKey(name)) {
        extra.add(name);
      }
    }
    List<String> problems = new ArrayList<>();
    if (!wrong.isEmpty()) {
      problems.add(some(wrong));
    }
    if (strict && !missing.isEmpty()) {
      problems.add("missing " + some(missing));
    }
    if (strict && !extra.isEmpty()) {
      problems.add("unexpected " + some(extra));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "These weights are not of this " + module.kind() + ": " + String.join("; ", problems));
    }
    Map<String, Tensor> found = new LinkedHashMap<>(own);
    found.keySet().retainAll(state.keySet());
    found.forEach((name, target) -> Parameter.assign(target, state.get(name)));
    missing.addAll(extra);
    return missing;
  }

  private static String some(List<String> names) {
    String head = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? head : head + " and " + (names.size() - SHOWN) + " more";
  }
}
