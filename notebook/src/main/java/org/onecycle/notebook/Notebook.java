package org.onecycle.notebook;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Sample;
import org.onecycle.learner.Answers;
import org.onecycle.learner.Learner;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularLearner;
import org.onecycle.text.data.TextDataLoaders;
import org.onecycle.vision.image.Picture;
import org.onecycle.vision.show.Show;

/**
 * What a notebook's first cell imports.
 *
 * <pre>{@code
 * %classpath lib/*.jar
 * import static org.onecycle.notebook.Notebook.*;
 * setup();
 * }</pre>
 *
 * <p>From then on tensors, pictures, charts, tables and confusion matrices show as what they are
 * when they are the value of a cell, and training shows a live bar and its history. Outside of a
 * notebook {@link #show} prints.
 */
public final class Notebook {
  private static final List<String> LIMITS =
      List.of("org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes");
  private static final AtomicBoolean READY = new AtomicBoolean();

  private Notebook() {}

  /**
   * Tells the kernel how to show our objects. In a kernel's process, whose options were somebody
   * else's choice, it also lifts JavaCPP's limit on memory outside of the heap, where tensors lie,
   * as long as nothing has set one and no tensor has been made. Once is enough; without a kernel it
   * does nothing.
   */
  public static void setup() {
    if (!READY.get()) {
      Kernel.running().filter(k -> READY.compareAndSet(false, true)).ifPresent(Notebook::prepare);
    }
  }

  private static void prepare(Kernel kernel) {
    LIMITS.forEach(name -> System.getProperties().putIfAbsent(name, "0"));
    Forms.register(kernel);
  }

  /** Shows something in the cell's output, where a cell has more to show than its last value. */
  public static void show(Object object) {
    Shown shown = Forms.of(object);
    Kernel.running().ifPresentOrElse(k -> k.display(shown), () -> print(shown));
  }

  private static void print(Shown shown) {
    System.out.println(shown.byType().get(Shown.TEXT));
  }

  /** Shows some samples of the first training batch: pictures as pictures, others in a table. */
  public static void showBatch(DataLoaders dls, int max) {
    List<Sample> samples = dls.decode(dls.train(), dls.oneBatch(), max);
    show(pictures(samples) ? Show.showBatch(dls, max) : SampleTable.of(samples));
  }

  /** Shows some texts of the first training batch, with their labels. */
  public static void showBatch(TextDataLoaders dls, int max) {
    showBatch(dls.loaders(), max);
  }

  /** Shows some rows of the first training batch. */
  public static void showBatch(TabularDataLoaders dls, int max) {
    show(dls.showBatch(max));
  }

  /** Shows some validation samples with what they are and what the model takes them for. */
  public static void showResults(Learner learn, int max) {
    Answers answers = Answers.of(learn, max);
    show(
        pictures(answers.actual())
            ? Show.showResults(answers)
            : SampleTable.of(answers.actual(), answers.said()));
  }

  /** Shows some validation rows with what they are and what the model takes them for. */
  public static void showResults(TabularLearner learn, int max) {
    showResults(learn.learner(), max);
  }

  /** Returns the validation samples with the greatest losses as a sheet of pictures. */
  public static BufferedImage topLosses(Learner learn, int max) {
    return Show.topLosses(learn, max);
  }

  private static boolean pictures(List<Sample> samples) {
    return samples.stream().flatMap(s -> s.members().stream()).anyMatch(Picture.class::isInstance);
  }
}
