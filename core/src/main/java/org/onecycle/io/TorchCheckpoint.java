package org.onecycle.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of {@code torch.save}, in the zip format or the legacy one (before PyTorch 1.6), read
 * without executing anything.
 *
 * <p>The content is a tree of plain values: Map, List (also for tuples), Set, String, Long, Double,
 * Boolean, null, byte[], {@link ElementType} for a dtype and {@link StoredTensor}. A file that asks
 * for anything else is refused.
 */
public final class TorchCheckpoint {
  private static final List<String> PLACES = List.of("state_dict", "model", "model_state_dict");
  private static final String DATA_PARALLEL = "module.";

  private final Path file;
  private final Object root;
  private final Map<Object, Object> attributes;

  TorchCheckpoint(Path file, Pickle.Result pickle) {
    this.file = file;
    this.root = pickle.value();
    this.attributes = pickle.attributes();
  }

  /**
   * Reads a checkpoint; the numbers of big files are loaded when they are asked for.
   *
   * @throws WeightsFormatException if the file is damaged, no checkpoint, or asks for what is
   *     refused
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static TorchCheckpoint read(Path file) {
    return read(FileBytes.open(file));
  }

  static TorchCheckpoint read(FileBytes file) {
    try {
      if (startsWithZip(file)) {
        return TorchZip.read(file);
      }
      if (TorchLegacy.looksLike(file)) {
        return TorchLegacy.read(file);
      }
    } catch (PickleException e) {
      throw new WeightsFormatException(file.file(), e.getMessage(), e);
    }
    throw file.error("no PyTorch checkpoint (neither a zip archive nor the legacy format)");
  }

  static boolean looksLike(FileBytes file) {
    return startsWithZip(file) || TorchLegacy.looksLike(file);
  }

  private static boolean startsWithZip(FileBytes file) {
    return file.size() >= 4 && file.slice(0, 4, "the first bytes").getInt(0) == StoredZip.LOCAL;
  }

  /** The whole content. */
  public Object root() {
    return root;
  }

  /**
   * The model's tensors by name: the content itself, or what it holds under {@code state_dict},
   * {@code model} (fastai's {@code learn.save}) or {@code model_state_dict}; the prefix {@code
   * module.} of DataParallel is dropped.
   *
   * @throws WeightsFormatException if there are none
   */
  public Map<String, StoredTensor> stateDict() {
    return named(find());
  }

  /**
   * The tensors by name in the map that these keys lead to: {@code stateDictAt("ema", "model")}.
   *
   * @throws WeightsFormatException if there are none
   */
  public Map<String, StoredTensor> stateDictAt(String... keys) {
    Object at = root;
    for (String key : keys) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return named(
        asStateDict(at)
            .orElseThrow(
                () ->
                    new WeightsFormatException(
                        file, "no map of names to tensors under " + String.join(" ", keys))));
  }

  private static Map<String, StoredTensor> named(Map<?, ?> found) {
    Map<String, StoredTensor> out = new LinkedHashMap<>();
    boolean parallel =
        found.keySet().stream().allMatch(name -> ((String) name).startsWith(DATA_PARALLEL));
    found.forEach(
        (key, value) -> {
          String name = (String) key;
          name = parallel ? name.substring(DATA_PARALLEL.length()) : name;
          out.put(name, ((StoredTensor) value).withName(name));
        });
    return out;
  }

  /**
   * PyTorch's metadata of the state dict, the versions of its modules: module name to {@code
   * {version=2}}; empty where the file has none.
   */
  public Map<String, Object> metadata() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (attributes.get(find()) instanceof Map<?, ?> state
        && state.get("_metadata") instanceof Map<?, ?> metadata) {
      metadata.forEach((key, value) -> out.put(String.valueOf(key), value));
    }
    return out;
  }

  private Map<?, ?> find() {
    return asStateDict(root)
        .or(() -> PLACES.stream().flatMap(place -> under(place).stream()).findFirst())
        .orElseThrow(
            () ->
                new WeightsFormatException(
                    file,
                    "no state dict: expected a map of names to tensors, or one under "
                        + String.join(", ", PLACES)
                        + "; got "
                        + describe()));
  }

  private Optional<Map<?, ?>> under(String place) {
    return root instanceof Map<?, ?> map ? asStateDict(map.get(place)) : Optional.empty();
  }

  private static Optional<Map<?, ?>> asStateDict(Object value) {
    boolean fits =
        value instanceof Map<?, ?> map
            && !map.isEmpty()
            && map.entrySet().stream()
                .allMatch(
                    e -> e.getKey() instanceof String && e.getValue() instanceof StoredTensor);
    return fits ? Optional.of((Map<?, ?>) value) : Optional.empty();
  }

  private String describe() {
    if (root instanceof Map<?, ?> map) {
      return "a map with the keys " + map.keySet().stream().limit(10).map(String::valueOf).toList();
    }
    return root == null ? "None" : "a " + root.getClass().getSimpleName();
  }
}
