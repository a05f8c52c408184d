package org.onecycle.vision.augment;

/** Shrinks planes by the mean of the pixels under each new one (PyTorch's mode {@code area}). */
final class Area {
  private Area() {}

  /** Returns {@code [C, toHeight, toWidth]} of {@code [C, height, width]} at {@code start}. */
  static float[] shrink(
      float[] from, int start, int channels, int height, int width, int toHeight, int toWidth) {
    float[] out = new float[channels * toHeight * toWidth];
    float[] row = new float[width];
    int o = 0;
    for (int c = 0; c < channels; c++) {
      int plane = start + c * height * width;
      for (int y = 0; y < toHeight; y++) {
        int top = low(y, height, toHeight);
        int bottom = high(y, height, toHeight);
        System.arraycopy(from, plane + top * width, row, 0, width);
        for (int k = top + 1; k < bottom; k++) {
          int line = plane + k * width;
          for (int x = 0; x < width; x++) {
            row[x] += from[line + x];
          }
        }
        for (int x = 0; x < toWidth; x++) {
          int left = low(x, width, toWidth);
          int right = high(x, width, toWidth);
          float sum = row[left];
          for (int k = left + 1; k < right; k++) {
            sum += row[k];
          }
          out[o++] = sum / ((right - left) * (bottom - top));
        }
      }
    }
    return out;
  }

  private static int low(int i, int from, int to) {
    return i * from / to;
  }

  private static int high(int i, int from, int to) {
    return ((i + 1) * from + to - 1) / to;
  }
}
