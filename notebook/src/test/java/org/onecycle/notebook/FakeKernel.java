package org.onecycle.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keeps what it is given to show. */
final class FakeKernel implements Kernel {
  final Map<String, List<Shown>> outputs = new LinkedHashMap<>();
  final List<Class<?>> types = new ArrayList<>();

  @Override
  public String display(Shown shown) {
    String id = "output " + outputs.size();
    outputs.put(id, new ArrayList<>(List.of(shown)));
    return id;
  }

  @Override
  public void update(String id, Shown shown) {
    outputs.get(id).add(shown);
  }

  @Override
  public <T> void register(Class<T> type, Function<? super T, Shown> form) {
    types.add(type);
  }

  /** Returns the HTML that stands in an output now. */
  String html(int output) {
    List<Shown> versions = outputs.get("output " + output);
    return versions.get(versions.size() - 1).byType().get(Shown.HTML);
  }
}
