package org.onecycle.vision.image;

/**
 * How the pixels of a picture are made once somebody asks for them: in the pipeline of a loader it
 * is only the next step that does, and it needs no array of the whole picture but the thread's own.
 */
sealed interface Deferred {
  /** Makes the pixels {@code [H, W, C]}. */
  byte[] pixels();

  /** Hands over the rows, from top to bottom. */
  void rows(RowSink to);

  /** A JPEG that has not been decoded yet. */
  record Encoded(byte[] file, String name, int width, int height) implements Deferred {
    static final int CHANNELS = 3;

    @Override
    public byte[] pixels() {
      byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, CHANNELS), height)];
      Codec.decode(file, name, width, height, pixels);
      return pixels;
    }

    @Override
    public void rows(RowSink to) {
      part(new Box(0, 0, width, height), width, height, to);
    }

    /** Hands over the rows of a part in another size. */
    void part(Box part, int toWidth, int toHeight, RowSink to) {
      Scratch scratch = Scratch.take();
      try {
        byte[] pixels = scratch.picture(Math.multiplyExact(width * CHANNELS, height));
        Codec.decode(file, name, width, height, pixels);
        RowSource rows = RowSource.of(pixels, width, CHANNELS, part);
        Resampler.resize(rows, CHANNELS, toWidth, toHeight, to, scratch);
      } finally {
        scratch.giveBack();
      }
    }
  }

  /** A part of a picture, which lies wholly inside, in another size. */
  record Scaled(Image from, Box part, int width, int height) implements Deferred {
    @Override
    public byte[] pixels() {
      byte[] pixels = new byte[Math.multiplyExact(width * from.channels(), height)];
      rows(RowSink.into(pixels, width, from.channels()));
      return pixels;
    }

    @Override
    public void rows(RowSink to) {
      from.part(part, width, height, to);
    }
  }
}
