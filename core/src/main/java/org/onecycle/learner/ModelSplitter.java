package org.onecycle.learner;

import java.util.List;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;

/**
 * Divides a model's parameters into groups, lowest layers first, which freeze and learn apart.
 *
 * <pre>{@code
 * ModelSplitter<SiameseModel> s = m -> List.of(m.encoder().parameters(), m.head().parameters());
 * }</pre>
 *
 * @param <M> type of the model
 */
@FunctionalInterface
public interface ModelSplitter<M extends Module> {
  /** Returns the groups. */
  List<List<Parameter>> split(M model);

  /** Returns the splitter that makes one group of all parameters that are not frozen. */
  static ModelSplitter<Module> trainableParams() {
    return m -> List.of(m.parameters().stream().filter(Parameter::requiresGrad).toList());
  }
}
