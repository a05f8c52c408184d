package org.onecycle.notebook;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.dflib.DataFrame;
import org.onecycle.learner.LrFound;
import org.onecycle.metric.Confusion;
import org.onecycle.nn.Parameter;
import org.onecycle.show.Chart;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Picture;
import org.onecycle.vision.show.PictureGrid;
import org.onecycle.vision.show.Show;

/** How each kind of object is shown. */
final class Forms {
  private static final Map<Class<?>, Function<Object, Shown>> ALL = new LinkedHashMap<>();

  static {
    add(Tensor.class, t -> Shown.text(TensorView.of(t)));
    add(Parameter.class, p -> Shown.text("Parameter " + TensorView.of(p.tensor())));
    add(Chart.class, c -> Shown.html(c.toSvg(), c.toString()));
    add(LrFound.class, f -> Shown.html(f.plot().toSvg(), f.toString()));
    add(DataFrame.class, df -> Shown.html(FrameTable.html(df), FrameTable.size(df)));
    add(SampleTable.class, t -> Shown.html(t.toHtml(), t.toString()));
    add(BufferedImage.class, i -> Shown.picture(i, size(i)));
    add(Picture.class, p -> Shown.picture(p.toBufferedImage(), p.toString()));
    add(PictureGrid.class, g -> Shown.picture(g.draw(), "PictureGrid"));
    add(
        Confusion.class,
        c -> Shown.picture(Show.confusionMatrix(c.matrix(), c.labels()), c.toString()));
    // Java's own text of an array says nothing of what it holds.
    add(long[].class, a -> Shown.text(Arrays.toString(a)));
    add(int[].class, a -> Shown.text(Arrays.toString(a)));
    add(float[].class, a -> Shown.text(Arrays.toString(a)));
    add(double[].class, a -> Shown.text(Arrays.toString(a)));
    add(String[].class, a -> Shown.text(Arrays.toString(a)));
    // Kernels look for the class itself: an array of arrays is none of objects to them.
    add(long[][].class, a -> Shown.text(Arrays.deepToString(a)));
    add(float[][].class, a -> Shown.text(Arrays.deepToString(a)));
    add(double[][].class, a -> Shown.text(Arrays.deepToString(a)));
    add(Tensor[].class, a -> Shown.text(Arrays.toString(a)));
    add(Object[].class, a -> Shown.text(Arrays.deepToString(a)));
  }

  private Forms() {}

  private static <T> void add(Class<T> type, Function<? super T, Shown> form) {
    ALL.put(type, o -> form.apply(type.cast(o)));
  }

  private static String size(BufferedImage picture) {
    return "picture of %d x %d pixels".formatted(picture.getWidth(), picture.getHeight());
  }

  static void register(Kernel kernel) {
    ALL.forEach((type, form) -> kernel.register(type, form));
  }

  /** Returns the form of an object; of one that has none, its text. */
  static Shown of(Object object) {
    return ALL.entrySet().stream()
        .filter(e -> e.getKey().isInstance(object))
        .findFirst()
        .map(e -> e.getValue().apply(object))
        .orElseGet(() -> Shown.text(String.valueOf(object)));
  }
}
