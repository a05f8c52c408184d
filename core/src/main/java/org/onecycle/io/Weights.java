package org.onecycle.io;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.tensor.Tensor;

/**
 * Named tensors from a file, in the file's order.
 *
 * <pre>{@code
 * model.loadStateDict(Weights.read(Path.of("model.pth")).stateDict());
 * Weights.save(Path.of("model.safetensors"), model.stateDict());
 * }</pre>
 *
 * @param file where they were read
 * @param tensors by name
 * @param metadata a safetensors file's own texts; empty for a PyTorch checkpoint
 */
public record Weights(Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
  /** Keeps copies that cannot be changed. */
  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a safetensors file or a PyTorch checkpoint (zip or legacy), told apart by their content.
   *
   * @throws WeightsFormatException if the file is damaged, of another kind or holds no state dict
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Weights read(Path file) {
    return read(FileBytes.open(file));
  }

  static Weights read(FileBytes file) {
    if (TorchCheckpoint.looksLike(file)) {
      return new Weights(file.file(), TorchCheckpoint.read(file).stateDict(), Map.of());
    }
    if (Safetensors.looksLike(file)) {
      return Safetensors.read(file);
    }
    throw file.error("neither a safetensors file nor a PyTorch checkpoint");
  }

  /** Returns the tensors in memory: what a module's {@code loadStateDict} takes. */
  public Map<String, Tensor> stateDict() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    tensors.forEach((name, t) -> state.put(name, t.toTensor()));
    return state;
  }

  /**
   * Writes a module's {@code stateDict()} as a safetensors file, which PyTorch reads.
   *
   * @throws java.io.UncheckedIOException if it cannot be written; an older file is still there then
   */
  public static void save(Path file, Map<String, Tensor> state) {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    state.forEach((name, t) -> stored.put(name, StoredTensor.of(name, t)));
    write(file, stored, Map.of("format", "pt"));
  }

  /** Writes a safetensors file; the map's keys are the names. */
  public static void write(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    SafetensorsWriter.write(file, tensors, metadata);
  }
}
