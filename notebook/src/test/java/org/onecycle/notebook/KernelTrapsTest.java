package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.notebook.kernel.CellOutputs;
import org.onecycle.notebook.kernel.KernelClient;

/** What goes wrong in Java's notebook kernels, each in a kernel of its own. */
class KernelTrapsTest {
  private static final String LINE =
      """
      import org.onecycle.array.DType;
      import org.onecycle.data.*;
      import org.onecycle.learner.*;
      import org.onecycle.loss.MSELossFlat;
      import org.onecycle.nn.*;
      import org.onecycle.nn.Module;
      import org.onecycle.tensor.*;
      Learner line(int batches, Callback... cbs) {
        int n = 4 * batches;
        float[] x = new float[n];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
          x[i] = i % 17 / 17f;
          y[i] = 3 * x[i] + 1;
        }
        HostArray xs = HostArray.of(x, n, 1);
        HostArray ys = HostArray.of(y, n, 1);
        Sampler order = Sampler.of(n, 4, false, false);
        LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
        return Learner.of(
                DataLoaders.of(
                    new DataLoader(RowSource.of(Split.TRAIN, order, 1, xs, ys), options),
                    new DataLoader(RowSource.of(Split.VALID, order, 1, xs, ys), options)),
                new Sequential(new Linear(1, 1)))
            .lossFunc(new MSELossFlat())
            .cbs(cbs)
            .build();
      }
      """;

  @TempDir Path folder;
  private KernelClient kernel;

  @BeforeEach
  void start() throws Exception {
    kernel = KernelClient.start(folder);
    assertNull(cell("%classpath " + productClassPath()).error());
  }

  @AfterEach
  void stop() throws IOException {
    kernel.close();
  }

  private static String productClassPath() {
    List<String> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(e -> !e.replace('\\', '/').endsWith("notebook/target/test-classes"))
            .filter(e -> !e.matches(".*(junit|surefire|basekernel|jeromq|gson)[^/]*\\.jar"))
            .map(e -> e.replaceAll("/$", ""))
            .toList();
    return String.join(" ", entries);
  }

  private CellOutputs cell(String code) throws IOException {
    return cell(code, message -> {});
  }

  private CellOutputs cell(String code, Consumer<JsonNode> seen) throws IOException {
    CellOutputs outputs = new CellOutputs();
    kernel.execute(code, ((Consumer<JsonNode>) outputs::add).andThen(seen));
    return outputs;
  }

  /** Not get() of the task: whoever waits for a task of the pool may run it himself. */
  private static final String IN_POOL =
      """
      Object inPool(Callable<?> work) throws Exception {
        var result = new CompletableFuture<Object>();
        ForkJoinPool.commonPool().execute(() -> {
          try {
            result.complete(work.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
        return result.get();
      }
      """;

  @Test
  void theFirstUseMayComeFromAThreadOfTheCommonPool() throws IOException {
    assertNull(cell(IN_POOL).error());
    CellOutputs outputs =
        cell(
            """
            import org.onecycle.tensor.Tensor;
            inPool(() -> Tensor.of(new float[] {1, 2}, 2).sum().item())
            """);
    assertNull(outputs.error());
    assertEquals("3.0", outputs.text());
  }

  @Test
  void nd4jAloneFailsThere() throws IOException {
    assertNull(cell(IN_POOL).error());
    CellOutputs outputs = cell("inPool(() -> org.nd4j.linalg.factory.Nd4j.ones(2).sumNumber())");
    assertNotNull(outputs.error(), "the trap is gone: " + outputs.text());
  }

  @Test
  void tensorsAreNotLimitedByTheHeapOfTheKernel() throws IOException {
    assertNull(cell("org.onecycle.notebook.Notebook.setup();").error());
    CellOutputs limit = cell("org.bytedeco.javacpp.Pointer.maxBytes()");
    assertEquals("0", limit.text());
  }

  @Test
  void theFirstMessageTellsWhatTheCausesWould() throws IOException {
    assertNull(cell(LINE).error());
    CellOutputs callback =
        cell(
            """
            class Fails extends Callback {
              public void afterLoss(Learner learn) {
                throw new IllegalStateException("the disk is full");
              }
            }
            line(3, new Fails()).fit(1)
            """);
    assertTrue(callback.text().contains("the disk is full"), callback.text());
    CellOutputs layer =
        cell("new Sequential(new Linear(3, 2), new Linear(4, 1)).call(Tensor.zeros(5, 3))");
    assertTrue(layer.text().contains("Linear expects [*, 4], got [5, 2] in 1"), layer.text());
    CellOutputs picture =
        cell(
            """
            import org.onecycle.vision.data.ImageDataLoaders;
            Files.writeString(Path.of("cat.jpg"), "no picture");
            List<Path> files = Collections.nCopies(8, Path.of("cat.jpg"));
            ImageDataLoaders.fromPathFunc(files, f -> "cat", .2, 1, b -> b.bs(2)).oneBatch()
            """);
    assertTrue(
        picture.text().contains("cat.jpg") && picture.text().contains("not a"), picture.text());
  }

  @Test
  void anInterruptEndsTrainingAndKeepsTheModel() throws IOException {
    assertNull(cell(LINE + "Learner learn = line(200);").error());
    double before = loss();
    AtomicBoolean asked = new AtomicBoolean();
    CellOutputs fit =
        cell(
            "learn.fit(100_000, 1e-2)",
            message -> {
              boolean row = message.path("content").toString().contains("<td>");
              if (row && asked.compareAndSet(false, true)) {
                interrupt();
              }
            });
    assertNull(fit.error(), "an interrupt is no error");
    CellOutputs after = cell("learn.recorder().history().size() < 100_000");
    assertEquals("true", after.text());
    assertTrue(loss() < before, "what was learnt is kept");
    CellOutputs again = cell("learn.fit(1, 1e-2)");
    assertNull(again.error(), "training can go on");
    assertTrue(again.text().contains("1 epoch in"), again.text());
    assertFalse(cell("Thread.currentThread().isInterrupted()").text().contains("true"));
  }

  @Test
  void anInterruptDuringADisplayLeavesTheKernelsChannelsOpen() throws IOException {
    CellOutputs shown =
        cell(
            """
            boolean showAndTell() {
              Thread.currentThread().interrupt();
              for (int i = 0; i < 20; i++) {
                org.onecycle.notebook.Notebook.show("line");
              }
              return Thread.interrupted();
            }
            showAndTell()
            """);
    assertNull(shown.error());
    assertEquals("line".repeat(20) + "true", shown.text());
    assertEquals("42", cell("6 * 7").text());
  }

  private void interrupt() {
    try {
      kernel.interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double loss() throws IOException {
    return Double.parseDouble(
        cell("learn.validate().loss()").text().lines().reduce("", (a, b) -> b));
  }
}
