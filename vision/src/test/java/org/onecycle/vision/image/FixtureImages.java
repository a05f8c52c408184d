package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.onecycle.testing.Fixtures;
import org.onecycle.testing.Npy;

/** Pictures that PIL and fastai made. */
final class FixtureImages {
  private FixtureImages() {}

  static Image npy(String name) {
    Npy array = Fixtures.npy("images/" + name + ".npy");
    long[] shape = array.shape();
    byte[] pixels = new byte[array.size()];
    long[] values = array.toLongs();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return Image.of((int) shape[1], (int) shape[0], (int) shape[2], pixels);
  }

  static void assertWithin(int levels, Image expected, Image actual) {
    assertEquals(expected.toString(), actual.toString());
    byte[] a = expected.raw();
    byte[] b = actual.raw();
    int worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    assertTrue(worst <= levels, "differs by up to " + worst + " grey levels");
  }
}
