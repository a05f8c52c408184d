package org.onecycle.vision.image;

import java.nio.file.Path;
import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Reads the pictures that a sample's paths name (fastai's {@code PILImage.create}). A JPEG's
 * structure is checked at once; it is decoded when its pixels are asked for.
 *
 * @param wanted the size they will be shrunk to, which allows a JPEG to be decoded smaller and
 *     faster, as {@link Image#open(Path, int)}
 */
public record OpenImage(int wanted) implements Transform<Path, Image>, Exportable {
  /** At their full size, equal to PIL. */
  public OpenImage() {
    this(Integer.MAX_VALUE);
  }

  /** Checks the size. */
  public OpenImage {
    if (wanted < 1) {
      throw new IllegalArgumentException("OpenImage expects a size of at least 1, got " + wanted);
    }
  }

  @Override
  public Spec spec() {
    return wanted == Integer.MAX_VALUE
        ? Spec.of("vision.open_image")
        : new Spec("vision.open_image", Spec.object().put("wanted", wanted));
  }

  @Override
  public Class<Path> accepts() {
    return Path.class;
  }

  @Override
  public Class<Image> produces() {
    return Image.class;
  }

  @Override
  public Image encode(Path file, Split split, Rng rng) {
    return Codec.defer(Codec.read(file), file.toString(), wanted);
  }
}
