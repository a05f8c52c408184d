package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.data.Pipeline;
import org.onecycle.data.PipelineReader;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.io.Weights;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.Stateful;
import org.onecycle.tensor.Tensor;

/** Files that are not what they should be, and what loading costs. */
class ExportFileTest {
  private static final PipelineReader NUMBERS =
      new PipelineReader(List.of(Pipeline.empty()), List.of(), List.of());

  @TempDir private Path dir;
  private Path file;

  @BeforeAll
  static void register() {
    Exports.register("test.file.linear", s -> new Linear(s.path("in").asInt(), 2));
    Exports.register("test.file.counter", s -> new Counter());
  }

  @BeforeEach
  void write() {
    file = dir.resolve("linear.safetensors");
    write(new Linear(3, 2), linear(3));
  }

  private static Spec linear(int in) {
    return new Spec("test.file.linear", Spec.object().put("in", in));
  }

  private void write(Module model, Spec spec) {
    ExportFile.write(file, model, new MSELossFlat(), spec, NUMBERS);
  }

  private static String refused(Path file) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Predictor.load(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private static void refused(Path file, String... why) {
    String message = refused(file);
    for (String word : why) {
      assertTrue(message.contains(word), message);
    }
  }

  /** The file with another text about the learner, with a checksum that fits. */
  private void rewritten(UnaryOperator<String> change) {
    Weights w = Weights.read(file);
    ExportFile.write(file, change.apply(w.metadata().get(ExportFile.TEXT)), w.tensors());
  }

  @Test
  @DisplayName("a changed byte anywhere, a cut anywhere: one line that names the file")
  void damage() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Path bad = dir.resolve("bad.safetensors");
    for (int at = 0; at < bytes.length; at += 3) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(bad, changed);
      try {
        Predictor read = Predictor.load(bad);
        // White space around the header, or the word "format", means nothing to the learner.
        assertArrayEquals(answer(file), read.predict(new float[] {1, 2, 3}).activated().toFloats());
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith(bad.toString()), at + ": " + e.getMessage());
      }
      Files.write(bad, Arrays.copyOf(bytes, at));
      refused(bad);
    }
    bytes[bytes.length - 3] ^= 1;
    Files.write(bad, bytes);
    refused(bad, "damaged: expected the checksum", "got");
    String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        bad, whole.replace("\\\"in\\\":3", "\\\"in\\\":4"), StandardCharsets.ISO_8859_1);
    refused(bad, "checksum");
  }

  private static float[] answer(Path file) {
    return Predictor.load(file).predict(new float[] {1, 2, 3}).activated().toFloats();
  }

  @Test
  @DisplayName("weights alone, a text, no file: said as it is")
  void others() throws Exception {
    Path weights = dir.resolve("weights.safetensors");
    Weights.write(weights, Weights.read(file).tensors(), Map.of("format", "pt"));
    refused(weights, "not an exported learner", "[format]");
    Path text = dir.resolve("text.safetensors");
    Files.writeString(text, "these are not the weights you are looking for");
    refused(text);
    String missing =
        assertThrows(
                UncheckedIOException.class, () -> Predictor.load(dir.resolve("no.safetensors")))
            .getMessage();
    assertTrue(missing.contains("no.safetensors"), missing);
  }

  @Test
  @DisplayName("a newer format, an unknown factory, a library that is not there, another kind")
  void names() {
    rewritten(t -> t.replace("\"schema\":1", "\"schema\":2"));
    refused(file, "expected an export of format 1, got format 2", "newer");
    rewritten(t -> t.replace("\"schema\":2", "\"schema\":1").replace("test.file.linear", "my.net"));
    refused(file, "no factory is registered for my.net", "Exports.register(\"my.net\"");
    rewritten(t -> t.replace("my.net", "vision.body_and_head"));
    refused(
        file,
        "no factory is registered for vision.body_and_head",
        "add onecycle-vision",
        "none of vision");
    rewritten(t -> t.replace("vision.body_and_head", "loss.most"));
    refused(file, "no factory is registered for loss.most", "there are loss.bce, ", "loss.mse");
    rewritten(t -> t.replace("loss.most", "loss.mse"));
    refused(file, "loss.mse expects a Module", "MSELossFlat");
  }

  @Test
  @DisplayName(
      "an unknown name deep inside is said once, a setting that does not fit with its piece")
  void deep() {
    rewritten(t -> t.replace("\"items\":[]", "\"items\":[{\"name\":\"a.b\",\"settings\":{}}]"));
    String message = refused(file);
    assertTrue(message.startsWith(file + ": no factory is registered for a.b"), message);
    rewritten(t -> t.replace("\"items\":[{\"name\":\"a.b\",\"settings\":{}}]", "\"items\":[3]"));
    refused(file, "data.pipeline cannot be made of", "expected a name and settings, got 3");
    rewritten(t -> t.replace("\"items\":[3]", "\"items\":[]").replace("\"in\":3", "\"in\":4"));
    refused(file, "weight expects [2, 4], got [2, 3]");
  }

  @Test
  @DisplayName("loading again and again, in a scope or not, leaves no memory behind")
  void memory() {
    write(new Linear(300, 2), linear(300));
    Predictor kept = Predictor.load(file);
    float[] row = new float[300];
    Arrays.fill(row, .01f);
    float[] answer = kept.predict(row).activated().toFloats();
    long before = used();
    for (int i = 0; i < 40; i++) {
      Predictor.load(file).predict(row);
      try (Scope s = Scope.open()) {
        Predictor.load(file).predict(row);
      }
      kept.predict(row);
    }
    long after = used();
    assertTrue(after <= before, before + " bytes, then " + after);
    Predictor inScope;
    try (Scope s = Scope.open()) {
      inScope = Predictor.load(file);
    }
    assertArrayEquals(answer, inScope.predict(row).activated().toFloats());
    assertArrayEquals(answer, kept.predict(row).activated().toFloats());
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      System.gc();
      least = Math.min(least, MemoryUse.now().used());
    }
    return least;
  }

  /** Counts how often it was asked since it was told to forget. */
  private static final class Counter extends Module implements Stateful, Exportable {
    private int calls;

    @Override
    public Tensor forward(Tensor... inputs) {
      return inputs[0].add(++calls);
    }

    @Override
    public void reset() {
      calls = 0;
    }

    @Override
    public Spec spec() {
      return Spec.of("test.file.counter");
    }
  }

  @Test
  @DisplayName("a model with a state answers the same however often it is asked")
  void state() {
    Counter model = new Counter();
    write(model, model.spec());
    Predictor p = Predictor.load(file);
    for (int i = 0; i < 3; i++) {
      assertEquals(3, p.predict(new float[] {2}).activated().item());
    }
    assertEquals(0, ((Counter) p.model()).calls);
  }
}
